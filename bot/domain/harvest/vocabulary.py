"""The words the rules listen to, in one place. Verbs are split by what they mean in an incident: something done
at once (restart, check) is a step of the response; what leaves work behind (document, automate) is a follow-up."""

from __future__ import annotations


def words(*texts: str) -> frozenset[str]:
    """The words of the texts, as a set."""
    return frozenset(" ".join(texts).split())


def either(*groups: frozenset[str]) -> str:
    """A regular expression's alternatives, longest first, blanks as any white space."""
    every = sorted(frozenset().union(*groups), key=lambda word: (-len(word), word))
    return "|".join(word.replace("_", r"[ -]?") for word in every)


LASTING = words(
    "cut do_a do_an shrink trim add alert analyse analyze announce archive arrange ask automate backfill backport",
    "build bump catch change clarify clean_up cleanup clean codify collect configure consider consolidate contact",
    "convert coordinate create decommission define deprecate describe design develop discuss document double draft",
    "drop email encrypt enforce ensure evaluate exercise expand explain explore expose extend factor file",
    "find_out_why fix flesh_out follow_up formalise formalize gather get_rid_of guard harden hire implement improve",
    "include increase instrument integrate introduce invest investigate invite isolate learn limit lint list",
    "load_test log look_at look_into lower make merge mention migrate mirror modernise modernize monitor move open",
    "optimise optimize order organise organize own package parse pin plan prepare prevent prioritise prioritize",
    "productionise propose protect prune publish puppetize purchase put raise rate_limit rebuild reconsider record",
    "redesign reduce refactor reevaluate re-evaluate remove rename renew reorder repair replace replicate report",
    "request require rerun research resolve restrict rethink retire revamp review revisit reword rework rewrite",
    "rotate run_a safeguard schedule script see_about send separate set set_up setup share sharding shard simplify",
    "size split spread standardise standardize start stop streamline submit summarise summarize support surface",
    "swap sync talk test think_about throttle tidy track train tune tweak understand_why update upgrade use",
    "validate verify version virtualize warn whitelist work_out work_on wrap write rate-limit page_on store",
    "generate upload provision patch teach link bring take_a_look_at look_for dig_into dig compile mail post ping",
    "tell contribute circle_back reach_out stage respin produce finish complete close confirm try help show host",
    "grant kill unveil pick_up",
)

AT_ONCE = words(
    "restart reboot revert roll_back rollback redeploy deploy fail_over failover scale_up scale_down scale disable",
    "enable kill drain cordon purge flush page escalate check look see wait watch try know hear tell ask ping call",
    "join hop jump hold keep stay go get come give let figure_out find_out find confirm verify test_it bring_back",
    "turn_off turn_on switch pause resume unblock block declare continue proceed stop start take have be say think",
    "hope guess bet assume leave head eat sleep run push post update_the_status_page silence ack acknowledge mute",
    "determine understand isolate_the grab pull poke bounce cycle kick retry rerun stand step focus decide agree",
)

FOLLOW_UP_NOUNS = words(
    "ticket tickets jira issue_for bug story backlog runbook runbooks playbook wiki docs doc documentation readme",
    "postmortem post-mortem postmortems retro retrospective rca follow_up followup followups alert alerts alerting",
    "alarm monitor monitors monitoring dashboard dashboards test tests safeguard safeguards guardrail guardrails",
    "check checks limit limits rate-limit quota proposal rfc design automation policy process training drill",
    "gameday checklist script canary canaries coverage linter lint validation timeout timeouts retries backoff",
    "circuit_breaker metric metrics",
)

SOON = words(
    "now immediately asap quickly currently meanwhile atm rn first straight_away right_away real_quick",
)

DONE_VERBS = words(
    "unstuck freed flipped bypassed reprovisioned restarted rebooted redeployed deployed reverted scaled disabled",
    "enabled killed drained cordoned purged flushed increased bumped raised lowered reduced decreased merged pushed",
    "shipped stopped started paused resumed blocked removed deleted cleared rotated renewed switched promoted",
    "patched applied triggered escalated contacted upgraded downgraded restored terminated replaced rebuilt",
    "provisioned recycled moved migrated updated throttled cancelled canceled detached attached unblocked",
    "whitelisted created added silenced acked acknowledged failed_over rolled_back rolled_out turned_off turned_on",
    "kicked_off spun_up bounced doubled tripled resized rerouted shifted unlocked launched cycled released hotfixed",
    "backed_out took_down brought_up reloaded evicted throttling truncated vacuumed reindexed rebalanced pinned",
    "swapped cut_over tweaked ran opened changed fixed submitted forced reset manually",
)

DOING_VERBS = words(
    "restarting rebooting redeploying deploying reverting scaling disabling enabling killing draining cordoning",
    "purging flushing increasing bumping raising lowering reducing merging pushing shipping stopping starting",
    "pausing resuming blocking removing deleting clearing rotating renewing switching promoting patching applying",
    "triggering escalating contacting upgrading downgrading restoring terminating replacing rebuilding provisioning",
    "recycling moving migrating throttling cancelling canceling silencing failing_over rolling_back rolling_out",
    "turning_off turning_on kicking_off spinning_up bouncing doubling resizing rerouting shifting cycling reloading",
    "building regenerating rerunning replaying reprocessing evicting reindexing rebalancing running cutting_over "
    "backing_out launching updating adding tweaking resetting",
)

STEP_VERBS = words(
    "restart reboot revert roll_back rollback redeploy deploy fail_over failover scale_up scale_down scale disable",
    "enable kill drain cordon purge flush escalate turn_off turn_on switch pause resume unblock block merge push",
    "bump increase decrease reduce promote patch hotfix restore terminate replace rebuild provision recycle",
    "cut_over bounce cycle rotate renew silence clear spin_up kick_off reroute shift back_out bring_up take_down",
    "reload evict release ship regenerate rerun replay requeue reprocess reindex resync reimport",
)
