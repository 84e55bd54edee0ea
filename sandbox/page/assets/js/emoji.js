// Names of the commonest emoji and the characters they stand for; a name that is not here stays readable as :name:.

const TABLE = `
grinning 😀 smiley 😃 smile 😄 grin 😁 laughing 😆 satisfied 😆 sweat_smile 😅 joy 😂 rolling_on_the_floor_laughing 🤣 blush 😊 innocent 😇
slightly_smiling_face 🙂 upside_down_face 🙃 wink 😉 relieved 😌 heart_eyes 😍 kissing_heart 😘 yum 😋 stuck_out_tongue 😛
zany_face 🤪 sunglasses 😎 star-struck 🤩 partying_face 🥳 smirk 😏 unamused 😒 disappointed 😞 pensive 😔 worried 😟 confused 😕
slightly_frowning_face 🙁 persevere 😣 tired_face 😫 weary 😩 cry 😢 sob 😭 triumph 😤 angry 😠 rage 😡 exploding_head 🤯 flushed 😳
hot_face 🥵 cold_face 🥶 scream 😱 fearful 😨 cold_sweat 😰 hugging_face 🤗 thinking_face 🤔 face_with_hand_over_mouth 🤭 shushing_face 🤫
no_mouth 😶 neutral_face 😐 expressionless 😑 grimacing 😬 face_with_rolling_eyes 🙄 hushed 😯 open_mouth 😮 astonished 😲 yawning_face 🥱
sleeping 😴 dizzy_face 😵 zipper_mouth_face 🤐 mask 😷 nerd_face 🤓 face_with_monocle 🧐 face_palm 🤦 shrug 🤷 saluting_face 🫡 melting_face 🫠
skull 💀 ghost 👻 alien 👽 robot_face 🤖 clown_face 🤡 poop 💩 see_no_evil 🙈 hear_no_evil 🙉 speak_no_evil 🙊
wave 👋 raised_hand ✋ ok_hand 👌 v ✌️ crossed_fingers 🤞 call_me_hand 🤙 point_left 👈 point_right 👉 point_up ☝️ point_up_2 👆
point_down 👇 +1 👍 thumbsup 👍 -1 👎 thumbsdown 👎 fist ✊ facepunch 👊 clap 👏 raised_hands 🙌 open_hands 👐 handshake 🤝 pray 🙏
writing_hand ✍️ muscle 💪 eyes 👀 eye 👁️ brain 🧠 ear 👂 heart ❤️ orange_heart 🧡 yellow_heart 💛 green_heart 💚 blue_heart 💙
purple_heart 💜 black_heart 🖤 broken_heart 💔 100 💯 boom 💥 dizzy 💫 sweat_drops 💦 dash 💨 speech_balloon 💬 thought_balloon 💭 zzz 💤
dog 🐶 cat 🐱 fox_face 🦊 bear 🐻 panda_face 🐼 tiger 🐯 lion_face 🦁 cow 🐮 pig 🐷 monkey_face 🐵 chicken 🐔 penguin 🐧 bird 🐦 duck 🦆
owl 🦉 unicorn_face 🦄 bee 🐝 bug 🐛 butterfly 🦋 snail 🐌 turtle 🐢 snake 🐍 octopus 🐙 whale 🐳 dolphin 🐬 crab 🦀 t-rex 🦖
seedling 🌱 evergreen_tree 🌲 palm_tree 🌴 cactus 🌵 four_leaf_clover 🍀 sunflower 🌻 rose 🌹 tulip 🌷 mushroom 🍄
apple 🍎 banana 🍌 grapes 🍇 watermelon 🍉 strawberry 🍓 avocado 🥑 pizza 🍕 hamburger 🍔 taco 🌮 popcorn 🍿 cookie 🍪 birthday 🎂 cake 🍰
doughnut 🍩 coffee ☕ tea 🍵 beer 🍺 beers 🍻 wine_glass 🍷 champagne 🍾 clinking_glasses 🥂
rocket 🚀 airplane ✈️ car 🚗 bus 🚌 train 🚆 bike 🚲 ship 🚢 ambulance 🚑 fire_engine 🚒 police_car 🚓 construction 🚧 vertical_traffic_light 🚦
fire 🔥 zap ⚡ star ⭐ star2 🌟 sparkles ✨ sunny ☀️ cloud ☁️ rain_cloud 🌧️ snowflake ❄️ rainbow 🌈 ocean 🌊 tornado 🌪️ earth_africa 🌍
tada 🎉 confetti_ball 🎊 balloon 🎈 gift 🎁 trophy 🏆 first_place_medal 🥇 medal 🏅 soccer ⚽ dart 🎯 game_die 🎲 video_game 🎮 art 🎨 musical_note 🎵
phone ☎️ iphone 📱 telephone_receiver 📞 pager 📟 computer 💻 desktop_computer 🖥️ keyboard ⌨️ floppy_disk 💾 camera 📷 movie_camera 🎥
bulb 💡 flashlight 🔦 battery 🔋 electric_plug 🔌 mag 🔍 mag_right 🔎 lock 🔒 unlock 🔓 key 🔑 hammer 🔨 wrench 🔧 hammer_and_wrench 🛠️ gear ⚙️
link 🔗 paperclip 📎 pushpin 📌 round_pushpin 📍 scissors ✂️ package 📦 mailbox 📫 email 📧 envelope ✉️ inbox_tray 📥 outbox_tray 📤
memo 📝 pencil 📝 pencil2 ✏️ book 📖 books 📚 notebook 📓 newspaper 📰 page_facing_up 📄 page_with_curl 📃 bookmark_tabs 📑 clipboard 📋
calendar 📅 date 📅 spiral_calendar_pad 🗓️ chart_with_upwards_trend 📈 chart_with_downwards_trend 📉 bar_chart 📊 file_folder 📁
open_file_folder 📂 card_index_dividers 🗂️ wastebasket 🗑️ label 🏷️ moneybag 💰 credit_card 💳 gem 💎 briefcase 💼 shield 🛡️
alarm_clock ⏰ stopwatch ⏱️ timer_clock ⏲️ hourglass ⌛ hourglass_flowing_sand ⏳ watch ⌚ clock1 🕐 clock3 🕒 clock9 🕘 bell 🔔 no_bell 🔕
loudspeaker 📢 mega 📣 rotating_light 🚨 warning ⚠️ no_entry ⛔ no_entry_sign 🚫 x ❌ heavy_check_mark ✔️ white_check_mark ✅
ballot_box_with_check ☑️ question ❓ grey_question ❔ exclamation ❗ heavy_exclamation_mark ❗ bangbang ‼️ interrobang ⁉️ sos 🆘
recycle ♻️ information_source ℹ️ arrow_up ⬆️ arrow_down ⬇️ arrow_left ⬅️ arrow_right ➡️ leftwards_arrow_with_hook ↩️ arrows_counterclockwise 🔄
heavy_plus_sign ➕ heavy_minus_sign ➖ repeat 🔁 rewind ⏪ fast_forward ⏩ double_vertical_bar ⏸️ arrow_forward ▶️ black_square_for_stop ⏹️
red_circle 🔴 large_orange_circle 🟠 large_yellow_circle 🟡 large_green_circle 🟢 large_blue_circle 🔵 large_purple_circle 🟣 white_circle ⚪ black_circle ⚫
large_red_square 🟥 large_orange_square 🟧 large_yellow_square 🟨 large_green_square 🟩 large_blue_square 🟦 small_red_triangle 🔺
one 1️⃣ two 2️⃣ three 3️⃣ four 4️⃣ five 5️⃣ six 6️⃣ seven 7️⃣ eight 8️⃣ nine 9️⃣ zero 0️⃣ keycap_ten 🔟 new 🆕 ok 🆗 up 🆙 cool 🆒 free 🆓
checkered_flag 🏁 triangular_flag_on_post 🚩 waving_white_flag 🏳️ house 🏠 office 🏢 hospital 🏥 factory 🏭 baby 👶 man 👨 woman 👩 busts_in_silhouette 👥
bust_in_silhouette 👤 runner 🏃 walking 🚶 technologist 🧑‍💻 firefighter 🧑‍🚒 sleuth_or_spy 🕵️ ninja 🥷 male-detective 🕵️‍♂️ female-technologist 👩‍💻
male-technologist 👨‍💻 man-shrugging 🤷‍♂️ woman-shrugging 🤷‍♀️ man-facepalming 🤦‍♂️ woman-facepalming 🤦‍♀️ back 🔙 soon 🔜 top 🔝 end 🔚
white_small_square ▫️ black_small_square ▪️ white_medium_square ◻️ black_medium_square ◼️ white_medium_small_square ◽ black_medium_small_square ◾
white_large_square ⬜ black_large_square ⬛ white_square_button 🔳 black_square_button 🔲 radio_button 🔘 large_brown_circle 🟤 large_purple_square 🟪
negative_squared_cross_mark ❎ heavy_multiplication_x ✖️ heavy_division_sign ➗ o ⭕ octagonal_sign 🛑 grey_exclamation ❕ vs 🆚 arrow_upper_right ↗️
arrow_lower_right ↘️ arrow_lower_left ↙️ arrow_upper_left ↖️ left_right_arrow ↔️ arrow_up_down ↕️ arrows_clockwise 🔃 arrow_right_hook ↪️
arrow_backward ◀️ hash #️⃣ small_blue_diamond 🔹 small_orange_diamond 🔸 large_blue_diamond 🔷 large_orange_diamond 🔶
small_red_triangle_down 🔻 studio_microphone 🎙️ bookmark 🔖 satellite 🛰️ globe_with_meridians 🌐 traffic_light 🚦 crown 👑 umbrella ☔
infinity ♾️ copyright ©️ registered ®️ tm ™️ wheelchair ♿ ledger 📒 scroll 📜 ticket 🎫 identification_card 🪪 scales ⚖️ microscope 🔬
telescope 🔭 test_tube 🧪 stethoscope 🩺 pill 💊 helmet_with_white_cross ⛑️ compass 🧭 world_map 🗺️ anchor ⚓ crossed_swords ⚔️ crystal_ball 🔮 jigsaw 🧩
`;

const words = TABLE.trim().split(/\s+/);
export const EMOJI = new Map();
for (let at = 0; at + 1 < words.length; at += 2) EMOJI.set(words[at], words[at + 1]);

const TONES = ["", "", "🏻", "🏼", "🏽", "🏾", "🏿"];

/** The character of a name such as "wave" or "wave::skin-tone-3"; null for one that is not known. */
export function character(name) {
  const [plain, tone] = String(name).split("::skin-tone-");
  const found = EMOJI.get(plain);
  return found ? found + (TONES[Number(tone)] || "") : null;
}

/** Names that begin with, or else contain, what was typed. */
export function search(typed, most = 8) {
  const wanted = typed.toLowerCase(), names = [...EMOJI.keys()];
  const first = names.filter((name) => name.startsWith(wanted));
  return [...first, ...names.filter((name) => !name.startsWith(wanted) && name.includes(wanted))].slice(0, most);
}
