package browser_test

import (
	"testing"

	"github.com/chromedp/chromedp/kb"
)

// theme is what the page says of its theme, and whether it is dark.
const theme = `document.documentElement.dataset.theme + " " + (getComputedStyle(document.body).color === "rgb(236, 237, 237)")`

// TestMenuOfTheAccount opens and closes the menu, and chooses a theme, which is there at once and on the next page.
func TestMenuOfTheAccount(t *testing.T) {
	t.Parallel()
	app := start(t)
	b := app.signedIn(t)
	b.scheme("light")
	const open = `document.querySelector("details.account").open`
	b.click(summary("account menu"))
	b.until("the menu is open", open)
	b.accessible("the menu of the account")
	b.click(css("h1"))
	b.until("a click elsewhere closes it", "!"+open)
	b.click(summary("account menu"))
	b.press(kb.Escape)
	b.until("Escape closes it", "!"+open)

	b.click(summary("account menu"))
	b.click(button("Dark"))
	b.until("the page is dark", theme+` === "dark true"`)
	b.until("the choice is marked", `document.querySelector(".theme [aria-pressed=true]").textContent === "Dark"`)
	b.open("/account")
	b.until("the next page is dark", theme+` === "dark true"`)
	b.signOut()
	b.until("the page to sign in is dark", theme+` === "dark true"`)
}

// TestShellWithoutScripts chooses a theme, and shows on a telephone the tab of the page.
func TestShellWithoutScripts(t *testing.T) {
	t.Parallel()
	app := start(t)
	id := app.reviewed("Claims triage")
	b := app.signedIn(t)
	b.scheme("dark")
	b.scripts(false)
	b.screen(390, 844)
	b.open("/assessments/" + id + "/reports")
	b.until("the tab of the page is in view", `(() => {
		const {left, right} = document.querySelector(".tabs [aria-current]").getBoundingClientRect();
		return document.querySelector(".tabs").scrollWidth > innerWidth && left >= 0 && right <= innerWidth;
	})()`)
	b.click(summary("account menu"))
	b.follow(button("Light"))
	b.at("/assessments/" + id + "/reports")
	b.until("the page is light", theme+` === "light false"`)
}
