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

// Rules of axe: every one of WCAG 2.2 A and AA with the size of targets, those without the ones that look at colours, and
// the ones that do.
const (
	allRules    = tagRules + `rules: {"target-size": {enabled: true}}`
	layoutRules = tagRules + `rules: {"target-size": {enabled: true}, "color-contrast": {enabled: false}, "link-in-text-block": {enabled: false}}`
	tagRules    = `runOnly: {type: "tag", values: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"]}, `
	colourRules = `runOnly: {type: "rule", values: ["color-contrast", "link-in-text-block"]}`
)

const axeRun = `axe.run(document, {%s, resultTypes: ["violations"], preload: false})
	.then((result) => result.violations.flatMap((v) => v.nodes.map((n) => v.id + ": " + n.target.join(" ") + ": " +
		(n.any[0] ?? n.all[0] ?? n.none[0]).message)))`

// looks are what a page is held against at a width in CSS pixels: that of a telephone, and of a desk. What is shown differs
// between them. Colours depend on the scheme and not on the width, so each scheme is looked at in one.
var looks = []struct {
	width  int64
	scheme string
	rules  string
}{{1440, "light", layoutRules}, {1440, "dark", colourRules}, {390, "light", allRules}}

// between are widths at which only the layout differs: a tablet, and a page of 1,280 px at 400 percent.
var between = []int64{1024, 320}

// accessible holds the page as it is now against axe. It fails where the page scrolls sideways, too.
func (b *tab) accessible(state string) {
	b.t.Helper()
	for _, width := range between {
		b.screen(width, 1000)
		b.fits(fmt.Sprintf("%s at %d px", state, width))
	}
	var width int64
	for _, look := range looks {
		if look.width != width {
			width = look.width
			b.screen(width, 1000)
			b.fits(fmt.Sprintf("%s at %d px", state, width))
			b.reachable(fmt.Sprintf("%s, %d px", state, width))
		}
		b.scheme(look.scheme)
		if violations := b.violations(look.rules); len(violations) > 0 {
			b.t.Errorf("%s, %d px, %s: %d violations\n  %s", state, width, look.scheme, len(violations), strings.Join(violations, "\n  "))
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
