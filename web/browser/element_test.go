package browser_test

import (
	"encoding/json"
	"fmt"
	"time"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// element says where something is on a page: an expression of JavaScript whose value is the element, or nothing.
type element string

// finding is what the expressions of elements are made of. Names are what people read: text, or the label.
const finding = `
const seen = (e) => e.checkVisibility({visibilityProperty: true, contentVisibilityAuto: true}) && e.getClientRects().length > 0;
const words = (e) => e.textContent.replace(/\s+/g, " ").trim();
const first = (selector, name, within) => {
  const all = [...(within ?? document).querySelectorAll(selector)].filter(seen);
  return all.find((e) => words(e) === name) ?? all.find((e) => words(e).includes(name));
};
const labelled = (name, within) => {
  const controls = [...(within ?? document).querySelectorAll("input, select, textarea")];
  return controls.find((c) => [...(c.labels ?? [])].some((l) => words(l) === name))
    ?? controls.find((c) => [...(c.labels ?? [])].some((l) => words(l).startsWith(name)));
};
`

func quoted(s string) string {
	text, err := json.Marshal(s)
	if err != nil {
		panic(err)
	}
	return string(text)
}

// css is the first element that a selector matches.
func css(selector string) element {
	return element(fmt.Sprintf("document.querySelector(%s)", quoted(selector)))
}

// button is the first visible button with a text, or a link that looks like one.
func button(name string) element {
	return element(fmt.Sprintf(`first("button, a.btn", %s)`, quoted(name)))
}

// link is the first visible link with a text.
func link(name string) element { return element(fmt.Sprintf(`first("a", %s)`, quoted(name))) }

// summary is what unfolds a detail.
func summary(name string) element { return element(fmt.Sprintf(`first("summary", %s)`, quoted(name))) }

// field is the control with a label.
func field(label string) element { return element(fmt.Sprintf("labelled(%s)", quoted(label))) }

// in narrows an element to a part of the page, which a selector names.
func (e element) in(selector string) element {
	return element(fmt.Sprintf(`((document) => %s)(document.querySelector(%s))`, e, quoted(selector)))
}

// eval returns the value of an expression on the page.
func eval[T any](b *tab, expression string) T {
	b.t.Helper()
	value, err := try[T](b, expression)
	if err != nil {
		b.t.Fatalf("%s: %v", expression, err)
	}
	return value
}

func try[T any](b *tab, expression string) (T, error) {
	return chromedp.Run(b.ctx, chromedp.Evaluate[T](fmt.Sprintf("(() => {%s; return (%s); })()", finding, expression)))
}

// until waits until an expression holds on the page, also across pages. The wish says what the test waits for.
func (b *tab) until(wish, condition string) {
	b.t.Helper()
	timeout := time.NewTimer(patience)
	defer timeout.Stop()
	again := time.NewTicker(10 * time.Millisecond)
	defer again.Stop()
	for {
		holds, err := try[bool](b, "!!("+condition+")")
		if err == nil && holds {
			return
		}
		select {
		case <-again.C:
		case <-timeout.C:
			b.t.Fatalf("waited in vain for %s (%v)", wish, err)
		}
	}
}

// sees waits until the page shows a text.
func (b *tab) sees(text string) {
	b.t.Helper()
	b.until(fmt.Sprintf("the text %q", text), fmt.Sprintf(`document.body && words({textContent: document.body.innerText}).includes(%s)`, quoted(text)))
}

// has waits until an element is there and visible.
func (b *tab) has(e element) {
	b.t.Helper()
	b.until(string(e), fmt.Sprintf("((e) => e && seen(e))(%s)", e))
}

// lacks waits until an element is gone or hidden.
func (b *tab) lacks(e element) {
	b.t.Helper()
	b.until("no "+string(e), fmt.Sprintf("((e) => !e || !seen(e))(%s)", e))
}

// text waits for an element and returns what it says, with single spaces.
func (b *tab) text(e element) string {
	b.t.Helper()
	b.until(string(e), string(e))
	return eval[string](b, fmt.Sprintf("words(%s)", e))
}

// value waits for a control and returns what is in it.
func (b *tab) value(e element) string {
	b.t.Helper()
	b.until(string(e), string(e))
	return eval[string](b, fmt.Sprintf("(%s).value", e))
}

// point waits until an element can be clicked, as a person would: visible, enabled, and not covered.
func (b *tab) point(e element) (x, y float64) {
	b.t.Helper()
	place := fmt.Sprintf(`((e) => {
		if (!e || !seen(e) || e.disabled) return null;
		const target = e.matches("input[type=radio], input[type=checkbox]") && e.labels?.length ? e.labels[0] : e;
		target.scrollIntoView({block: "center", behavior: "instant"});
		const box = [...target.getClientRects()].find((r) => r.width > 0 && r.height > 0);
		if (!box) return null;
		const x = box.x + box.width / 2, y = box.y + box.height / 2;
		const top = document.elementFromPoint(x, y);
		return top && (target.contains(top) || top.contains(target) && top.closest("label, a, button")) ? [x, y] : null;
	})(%s)`, e)
	b.until("a way to click "+string(e), place)
	at := eval[[]float64](b, place)
	if len(at) != 2 {
		b.t.Fatalf("%s moved away", e)
	}
	return at[0], at[1]
}

// click clicks into the middle of an element.
func (b *tab) click(e element) {
	b.t.Helper()
	x, y := b.point(e)
	b.do(chromedp.MouseClickXY(x, y))
}

// follow clicks an element and waits until another page has been loaded.
func (b *tab) follow(e element) {
	b.t.Helper()
	b.leave(func() { b.click(e) })
}

// leave does something that loads another page, and waits until it has been.
func (b *tab) leave(something func()) {
	b.t.Helper()
	before := eval[float64](b, "performance.timeOrigin")
	something()
	b.until("another page", fmt.Sprintf(`performance.timeOrigin !== %f && document.readyState === "complete"`, before))
}

// open loads the page at a path.
func (b *tab) open(path string) {
	b.t.Helper()
	b.do(chromedp.Navigate(b.app.url(path)))
}

// reload loads the page again.
func (b *tab) reload() {
	b.t.Helper()
	b.do(chromedp.Reload())
}

// path is the address of the page, without the server.
func (b *tab) path() string {
	b.t.Helper()
	return eval[string](b, "location.pathname + location.search")
}

// at waits until the page has an address.
func (b *tab) at(path string) {
	b.t.Helper()
	b.until("the page "+path, fmt.Sprintf(`location.pathname === %s && document.readyState === "complete"`, quoted(path)))
}

// fill replaces what is in a control by text, as if it was typed.
func (b *tab) fill(e element, text string) {
	b.t.Helper()
	b.focus(e)
	eval[bool](b, fmt.Sprintf("((e) => { e.select?.(); return true; })(%s)", e))
	b.enter(text)
	if text == "" {
		b.press(kb.Delete)
	}
}

// enter types text into what has the focus, all at once.
func (b *tab) enter(text string) {
	b.t.Helper()
	if text != "" {
		call(b, input.InsertText, input.InsertTextParams{Text: text})
	}
}

// focus puts the keyboard on an element.
func (b *tab) focus(e element) {
	b.t.Helper()
	b.has(e)
	eval[bool](b, fmt.Sprintf("((e) => { e.focus(); return true; })(%s)", e))
}

// press presses keys one after the other. A key whose press a page takes for itself types nothing, as with a person.
func (b *tab) press(keys string) {
	b.t.Helper()
	for _, character := range keys {
		b.key(character, 0)
	}
}

// control presses a key together with Ctrl.
func (b *tab) control(character rune) {
	b.t.Helper()
	b.key(character, kb.ModifierCtrl)
}

func (b *tab) key(character rune, with kb.Modifier) {
	b.t.Helper()
	key, known := kb.Keys[character]
	if !known {
		b.t.Fatalf("no key for %q", character)
	}
	event := input.DispatchKeyEventParams{Type: input.DispatchKeyEventTypeKeyDown, Key: key.Key, Code: key.Code, Modifiers: int64(with),
		Text: key.Text, UnmodifiedText: key.Unmodified, WindowsVirtualKeyCode: key.Windows, NativeVirtualKeyCode: key.Native}
	if key.Shift {
		event.Modifiers |= int64(kb.ModifierShift)
	}
	if !key.Print || with != 0 {
		event.Type, event.Text, event.UnmodifiedText = input.DispatchKeyEventTypeRawKeyDown, "", ""
	}
	call(b, input.DispatchKeyEvent, event)
	event.Type, event.Text, event.UnmodifiedText = input.DispatchKeyEventTypeKeyUp, "", ""
	call(b, input.DispatchKeyEvent, event)
}

func (b *tab) do(steps ...chromedp.Action[chromedp.Void]) {
	b.t.Helper()
	if err := chromedp.Do(b.ctx, steps...); err != nil {
		b.t.Fatal(err)
	}
}
