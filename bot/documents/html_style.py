"""How the HTML document looks: on a screen by day and by night, and on paper. It brings everything along, so that nothing is
fetched; every colour of text has a contrast of 4.5 to 1 or more with what is behind it (`tests/documents/test_html.py`)."""

from __future__ import annotations

from collections.abc import Mapping

LIGHT: Mapping[str, str] = {
    "paper": "#ffffff", "ink": "#1b1f24", "muted": "#57606a", "line": "#c8ced5", "link": "#0a58ca", "note": "#fff6dc",
    "head": "#f3f5f7",
}  # fmt: skip
DARK: Mapping[str, str] = {
    "paper": "#14181d", "ink": "#e6e9ed", "muted": "#a4adb8", "line": "#3c444d", "link": "#7db4ff", "note": "#352c12",
    "head": "#20262d",
}  # fmt: skip
# What stands on what.
TEXT_ON = (
    ("ink", "paper"), ("muted", "paper"), ("link", "paper"), ("ink", "note"), ("link", "note"), ("ink", "head"),
    ("link", "head"), ("paper", "ink"),
)  # fmt: skip


def _variables(colours: Mapping[str, str]) -> str:
    return ";".join(f"--{name}:{colour}" for name, colour in colours.items())


CSS = f"""
:root{{color-scheme:light dark;{_variables(LIGHT)}}}
@media (prefers-color-scheme:dark){{:root{{{_variables(DARK)}}}}}
*{{box-sizing:border-box}}
html{{-webkit-text-size-adjust:100%}}
body{{margin:0 auto;max-width:64rem;padding:1.5rem 1.25rem 4rem;background:var(--paper);color:var(--ink);
font:1rem/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,"Noto Sans",sans-serif;overflow-wrap:anywhere}}
h1{{font-size:1.75rem;line-height:1.25;margin:0 0 1rem}}
h2{{font-size:1.3rem;line-height:1.3;margin:2.25rem 0 .6rem;padding-bottom:.25rem;border-bottom:1px solid var(--line)}}
h3,h4,h5,h6{{font-size:1.05rem;margin:1.4rem 0 .4rem}}
p,ul,pre,table,figure,dl{{margin:0 0 .9rem}}
ul{{padding-inline-start:1.4rem}}
li{{margin:.15rem 0}}
a{{color:var(--link);text-underline-offset:.15em}}
a:focus-visible,[tabindex]:focus-visible{{outline:3px solid var(--link);outline-offset:2px}}
.skip{{position:absolute;inset-inline-start:-999rem}}
.skip:focus{{position:static;display:inline-block;margin-bottom:1rem}}
dl{{display:grid;grid-template-columns:minmax(9rem,max-content) 1fr;border-top:1px solid var(--line)}}
dt,dd{{margin:0;padding:.3rem .75rem .3rem 0;border-bottom:1px solid var(--line)}}
dt{{font-weight:600}}
nav ol{{margin:1.25rem 0;padding:0;list-style:none;columns:14rem auto}}
nav li{{break-inside:avoid;margin:0;padding:.15rem 0}}
.note{{margin:0 0 .9rem;padding:.55rem .8rem;background:var(--note);border-inline-start:4px solid var(--muted)}}
pre{{padding:.7rem .85rem;background:var(--head);border:1px solid var(--line);border-radius:4px;overflow:auto;
font:.875rem/1.45 ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace;white-space:pre-wrap;tab-size:4}}
.wide{{overflow-x:auto;margin:0 0 .9rem}}
table{{border-collapse:collapse;width:100%;margin:0;font-size:.95rem}}
th,td{{padding:.4rem .6rem;border:1px solid var(--line);text-align:start;vertical-align:top;min-width:5.6em;overflow-wrap:break-word}}
td a{{overflow-wrap:anywhere}}
thead th{{background:var(--head)}}
tbody th{{font-weight:400}}
.timed tbody th{{white-space:nowrap;font-variant-numeric:tabular-nums}}
figure{{overflow-x:auto}}
figure svg{{display:block;width:100%;min-width:40rem;height:auto}}
@media (max-width:34rem){{dl{{grid-template-columns:1fr}}dt{{border-bottom:0;padding-bottom:0}}}}
@media (prefers-reduced-motion:no-preference){{html{{scroll-behavior:smooth}}}}
@page{{margin:16mm 15mm}}
@media print{{
:root{{color-scheme:light;{_variables(LIGHT)}}}
body{{max-width:none;padding:0;font-size:10.5pt}}
nav,.skip{{display:none}}
h1,h2,h3,h4,h5,h6{{break-after:avoid;break-inside:avoid}}
tr,li,dt,dd,figure,.note{{break-inside:avoid}}
dt{{break-after:avoid}}
thead{{display:table-header-group}}
p,pre{{orphans:3;widows:3}}
pre{{overflow:visible}}
.wide,figure{{overflow:visible}}
figure svg{{min-width:0}}
table{{font-size:9pt}}
td{{overflow-wrap:anywhere}}
a{{color:var(--ink)}}
main a[href^=http]::after,main a[href^=mailto]::after,header a[href^=http]::after
{{content:" (" attr(href) ")";font-size:.85em;color:var(--muted)}}
a.same::after{{content:none!important}}
}}
""".replace("\n", "")
