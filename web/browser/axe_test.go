package browser_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"

	"github.com/chromedp/chromedp"
)

// axe is the accessibility checker, which the DevTools put into a page: the content policy forbids a script tag.
var axe = sync.OnceValues(func() (string, error) {
	source, err := os.ReadFile(filepath.Join("..", "..", "node_modules", "axe-core", "axe.min.js"))
	if err != nil {
		return "", fmt.Errorf("make installs axe-core: %w", err)
	}
	return string(source), nil
})

// Rules of axe: every one of WCAG 2.2 A and AA with the size of targets, and those of them that look at colours.
const (
	allRules = `runOnly: {type: "tag", values: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"]},
		rules: {"target-size": {enabled: true}}`
	colourRules = `runOnly: {type: "rule", values: ["color-contrast", "link-in-text-block"]}`
)

const axeRun = `axe.run(document, {%s, resultTypes: ["violations"], preload: false})
	.then((result) => result.violations.flatMap((v) => v.nodes.map((n) => v.id + ": " + n.target.join(" ") + ": " +
		(n.any[0] ?? n.all[0] ?? n.none[0]).message)))`

// widths are those of a desk and a telephone, in CSS pixels. What is shown differs between them.
var widths = []int64{1440, 390}

// between are widths at which only the layout differs: a tablet, and a page of 1,280 px at 400 percent.
var between = []int64{1024, 320}

// accessible holds the page as it is now against axe on a desk and on a telephone, in light, and on the desk in dark by the
// rules that look at colours: nothing else differs there. It fails where the page scrolls sideways, too.
func (b *tab) accessible(state string) {
	b.t.Helper()
	for _, width := range between {
		b.screen(width, 1000)
		b.fits(fmt.Sprintf("%s at %d px", state, width))
	}
	for _, width := range widths {
		b.screen(width, 1000)
		b.fits(fmt.Sprintf("%s at %d px", state, width))
		b.reachable(fmt.Sprintf("%s, %d px", state, width))
		for scheme, rules := range map[string]string{"light": allRules, "dark": colourRules} {
			if scheme == "dark" && width != widths[0] {
				continue // the colours do not depend on the width
			}
			b.scheme(scheme)
			if violations := b.violations(rules); len(violations) > 0 {
				b.t.Errorf("%s, %d px, %s: %d violations\n  %s", state, width, scheme, len(violations), strings.Join(violations, "\n  "))
			}
		}
	}
	b.screen(1440, 1000)
}

// violations returns what axe finds on the page as it is now, one line for each element and rule.
func (b *tab) violations(rules string) []string {
	b.t.Helper()
	source, err := axe()
	if err != nil {
		b.t.Fatal(err)
	}
	if !eval[bool](b, "!!window.axe") {
		b.do(chromedp.Evaluate[chromedp.Void](source + ";undefined"))
	}
	violations, err := chromedp.Run(b.ctx, chromedp.Evaluate[[]string](fmt.Sprintf(axeRun, rules), chromedp.EvalAwaitPromise))
	if err != nil {
		b.t.Fatal(err)
	}
	return violations
}

// fits fails where the page as a whole scrolls sideways, or a button or choice is too narrow for its words. It names what
// sticks out.
func (b *tab) fits(state string) {
	b.t.Helper()
	for _, narrow := range eval[[]string](b, `[...document.querySelectorAll(".btn:not(.btn-bare), .seg label")].filter((e) => seen(e) &&
		getComputedStyle(e).overflowX === "visible" && e.scrollWidth > e.clientWidth + 1).map((e) => words(e))`) {
		b.t.Errorf("%s: too narrow for its words: %s", state, narrow)
	}
	wide := eval[int](b, "document.scrollingElement.scrollWidth - innerWidth")
	if wide <= 0 {
		return
	}
	culprits := eval[string](b, `[...document.body.querySelectorAll("*")].filter((e) => seen(e) && e.getBoundingClientRect().right > innerWidth + 1)
		.slice(0, 5).map((e) => e.tagName.toLowerCase() + "." + e.className).join(", ")`)
	b.t.Errorf("%s: the page is %d px too wide: %s", state, wide, culprits)
}
