package browser_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// letters are the heights of two fonts, each as the part of the text size that it takes above and below the line:
// lower and taller than those that systems come with. Pages are read in whatever font is there.
var letters = [][2]int{{70, 10}, {150, 50}}

// setIn gives the page a font of other heights. It is one that the machine has, since the content policy lets no other in.
const setIn = `(() => {
	const sheet = new CSSStyleSheet();
	const fonts = ["Liberation Sans", "DejaVu Sans", "Noto Sans", "Arial", "Helvetica", "Segoe UI"].map((name) => "local(\"" + name + "\")");
	sheet.replaceSync("@font-face { font-family: tried; src: " + fonts + "; ascent-override: %d%%; descent-override: %d%%; line-gap-override: 0%% } :root { --font: tried, sans-serif !important }");
	document.adoptedStyleSheets = [sheet];
	return document.fonts.load("1em tried").then(() => true, () => true);
})()`

// smallTargets lists what a pointer can hit and is less than 24 px wide or high. Links in running text are exempt.
const smallTargets = `[...document.querySelectorAll("a[href], button, summary, select, textarea, input:not([type=hidden])")]
	.map((e) => e.matches("[type=checkbox], [type=radio]") ? e.labels?.[0] ?? e : e)
	.filter((e) => seen(e) && !e.closest(".vh, .skip"))
	.filter((e) => {
		const {width, height} = e.getClientRects()[0];
		if (width >= 23.9 && height >= 23.9) return false;
		const copy = e.parentElement.cloneNode(true);
		for (const link of copy.querySelectorAll("a")) link.remove();
		return getComputedStyle(e).display !== "inline" || words(copy) === "";
	})
	.map((e) => e.outerHTML.slice(0, 100) + ": " + ["width", "height"].map((side) => e.getClientRects()[0][side].toFixed(1)).join(" by "))`

// reachable fails where a target is less than 24 px wide or high, in a low font or in a tall one.
func (b *tab) reachable(state string) {
	b.t.Helper()
	for _, font := range letters {
		b.do(chromedp.Evaluate[chromedp.Void](fmt.Sprintf(setIn, font[0], font[1]), chromedp.EvalAwaitPromise))
		if small := eval[[]string](b, smallTargets); len(small) > 0 {
			b.t.Errorf("%s, letters of %d%%: targets under 24 px\n  %s", state, font[0]+font[1], strings.Join(small, "\n  "))
		}
	}
	eval[bool](b, "(document.adoptedStyleSheets = [], true)")
}

// TestSmallTargetsAreSeen holds the measuring itself: a small link is found, one in running text is not.
func TestSmallTargetsAreSeen(t *testing.T) {
	t.Parallel()
	b := startEmpty(t).tab(t)
	b.open("/login")
	eval[bool](b, `(() => {
		const [alone, among, box] = ["div", "p", "div"].map((name) => document.querySelector("main").appendChild(document.createElement(name)));
		alone.innerHTML = "<a href='/alone'>alone</a>";
		alone.firstChild.style.all = "unset";
		among.innerHTML = "See <a href='/among'>more</a> there.";
		box.innerHTML = "<input type=checkbox id=box>";
		return true;
	})()`)
	small := strings.Join(eval[[]string](b, smallTargets), "\n")
	for part, want := range map[string]bool{"/alone": true, "/among": false, "id=\"box\"": true} {
		if strings.Contains(small, part) != want {
			t.Errorf("%s is found: %v, want %v, in\n%s", part, !want, want, small)
		}
	}
}
