"""How drawings look, in light and in dark."""

STYLE = """<style>
svg { --paper:#fbfbf9; --ink:#1c2430; --soft:#5d6778; --line:#8a94a6; --card:#ffffff; --edge:#c9d0dc;
  --accent:#1f6f54; --note:#eef3f8; --advisor:#fdf0d8; --advisor-edge:#c98a1b; --end:#e6e9ee; --chip:#1f6f54;
  --on-chip:#ffffff; font-family:system-ui,"Noto Sans","Noto Sans Arabic","DejaVu Sans",sans-serif }
@media (prefers-color-scheme: dark) { svg { --paper:#14181f; --ink:#e8ecf3; --soft:#9aa6b8; --line:#6b778b;
  --card:#1d2430; --edge:#3a4557; --accent:#5cc19a; --note:#1a2635; --advisor:#33280f; --advisor-edge:#d69a2d;
  --end:#2a313d; --chip:#5cc19a; --on-chip:#0d1a15 } }
.paper { fill:var(--paper) }
text { fill:var(--ink); unicode-bidi:plaintext }
.h { font-size:22px; font-weight:650 }
.t { font-size:15px; font-weight:600 }
.w { font-size:13px }
.k { font-size:11px; fill:var(--soft); font-family:ui-monospace,"DejaVu Sans Mono",monospace }
.d { font-size:12px; font-weight:650; text-anchor:middle; fill:var(--on-chip); unicode-bidi:normal }
.arrow { fill:none; stroke:var(--line); stroke-width:1.5 }
.tip { fill:var(--line) }
.chip rect { fill:var(--chip) }
.question rect { fill:var(--card); stroke:var(--accent); stroke-width:1.5 }
.note rect { fill:var(--note) }
.box rect { fill:var(--card); stroke:var(--accent); stroke-width:1.5 }
.start rect { fill:var(--paper); stroke:var(--line); stroke-width:1.5 }
.advisor rect { fill:var(--advisor); stroke:var(--advisor-edge); stroke-width:1.5 }
.hang-up rect, .return rect { fill:var(--end) }
.again rect { fill:var(--paper); stroke:var(--line); stroke-dasharray:4 3 }
</style>"""
