"""Names that somebody may put into a file: every kind of markup, formula, address and control character.

Our own strings, one or two for each kind that public lists of cross-site scripting show. A script among them would
set `window.hit`; an address among them would be asked for at 127.0.0.1:65531.
"""

AWAY = "http://127.0.0.1:65531/x"
HTML = [
    "<script>window.hit=1</script>",
    "<scr<script>x</script>ipt>window.hit=1</scr</script>ipt>",
    "<SCRIPT/x>window.hit=1//<",
    f"<script src={AWAY}></script>",
    "<svg onload=window.hit=1>",
    "<svg><script>window.hit=1</script></svg>",
    "<svg><desc><![CDATA[</desc><script>window.hit=1</script>]]></svg>",
    "<svg><animate onbegin=window.hit=1 attributeName=x dur=1s>",
    '<svg><a xlink:href="javascript:window.hit=1"><text y=20>x</text></a></svg>',
    '<img src="data:," alt=x onerror=window.hit=1>',
    f"<img src={AWAY} srcset={AWAY} alt=x>",
    "<img src=x onerror=&#119;indow.hit=1>",
    "<body onload=window.hit=1>",
    "<details open ontoggle=window.hit=1><summary>x</summary></details>",
    "<input autofocus onfocus=window.hit=1>",
    "<textarea autofocus onfocus=window.hit=1>x</textarea>",
    "<video autoplay><source onerror=window.hit=1></video>",
    f"<audio src={AWAY} onloadstart=window.hit=1>",
    "<marquee onstart=window.hit=1>x</marquee>",
    "<style>@keyframes a{}</style><b style=animation-name:a onanimationstart=window.hit=1>x</b>",
    f"<style>@import '{AWAY}';</style>",
    f'<b style="background:url({AWAY})">x</b>',
    f"<link rel=stylesheet href={AWAY}>",
    f"<link rel=prefetch href={AWAY}><link rel=dns-prefetch href=//127.0.0.1>",
    f'<meta http-equiv=refresh content="0;url={AWAY}">',
    f"<base href={AWAY}>",
    "<iframe srcdoc='<script>parent.hit=1</script>'></iframe>",
    "<iframe src=javascript:parent.hit=1></iframe>",
    f"<object data={AWAY}></object><embed src={AWAY}>",
    f"<form action={AWAY}><button formaction=javascript:window.hit=1>x</button></form>",
    '<a href="javascript:window.hit=1">x</a>',
    '<a href="java&#9;script:window.hit=1">x</a>',
    '<a href="data:text/html,<script>opener.hit=1</script>">x</a>',
    '<math><mtext><table><mglyph><style><img src=x onerror=window.hit=1>',
    '<noscript><p title="</noscript><img src=x onerror=window.hit=1>">',
    "<template><script>window.hit=1</script></template>",
    "</title></style></textarea></script><script>window.hit=1</script>",
    "--><script>window.hit=1</script><!--",
    "]]><script>window.hit=1</script>",
    '" onmouseover="window.hit=1" x="',
    "' autofocus onfocus='window.hit=1",
    "&lt;script&gt;window.hit=1&lt;/script&gt; &amp; &copy; &#60;",
    "%3Cscript%3Ewindow.hit=1%3C/script%3E",
    "+ADw-script+AD4-window.hit=1+ADw-/script+AD4-",
    "＜script＞window.hit=1＜/script＞",
    "<b>bold</b><h2>Heading</h2><!-- gone -->",
]  # fmt: skip
MARKDOWN = [
    "*星*", "**星**", "_x_", "__x__", "a_b_c", "_a_b", "a_ b_", "星_x_星", "x _y_", "`x`", "``` x", "~~x~~", "~~~ x", "***", "---", "===", "- x", "+ x",
    "* x", "1. x", "1) x", "# x", "## x", "> x", ": x", "| x | y |", "a|b", "|---|", "[^1]", "[^1]: x", "[x]: /y",
    "[a](javascript:window.hit=1)", f"[a]({AWAY})", f"![x]({AWAY}.png)", "![x](data:,)", f"<{AWAY}>",
    f"{AWAY} www.example.com a@example.com", "[a][b]", "[ ] x", "H~2~O x^2^", "{x}", "{{7*7}}", "${7*7}", "{% x %}",
    "\\*x\\*", "x\\", ":::note", "{note} x", "%s %d", "@x #1",
]  # fmt: skip
TEX = [
    "A$\\frac$B", "USD $ account and CNY $", "$x$", "$$x$$", "\\(x\\)", "\\[x\\]", "\\$5 and \\$6", "\\$",
    "\\begin{align}x\\end{align}", "$\\href{javascript:window.hit=1}{x}$", "\\unicode{x41}", "$", "\\",
    "$\\require{html}\\class{x}{y}$", "$\\mathdefault{x", "5% of $5_000",
]  # fmt: skip
SCREEN = [
    "x\x1b[2J\x1b]0;hit\x07y", "x\ny failed: z", "x\r\ny", "x\ty", "x\x00y", "x\x9b31my", "x\u202egnp.y", "x\u2066y\u2069",
    "x\u200by", "x\u2028y", "\ufeffx", "x\ufffey", "x\x7fy", "=1+1", "-1", "@SUM(A1)", "x" * 300, "（总）", "“x”", "𠮷野家",
]  # fmt: skip
NAMES = HTML + MARKDOWN + TEX + SCREEN
