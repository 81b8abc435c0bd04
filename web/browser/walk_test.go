package browser_test

import (
	"context"
	"fmt"
	"testing"

	"plumbline/assessment"
	"plumbline/assessment/access"
	"plumbline/templates"
)

// asked is a practice on a page of the walk.
type asked string

func (p asked) part(selector string) element {
	return css(fmt.Sprintf(`[data-practice="%s"] %s`, p, selector))
}

func (p asked) status(s assessment.Status) element {
	return p.part(fmt.Sprintf(`input[type=radio][value="%s"]`, s))
}

func (p asked) note() element   { return p.part("textarea[name^=note]") }
func (p asked) reason() element { return p.part("textarea[name^=reason]") }
func (p asked) mark() element   { return p.part(".save") }

// unfold opens the help, the note or the evidence of a practice, where it is not open yet.
func (b *tab) unfold(p asked, fold string) {
	b.t.Helper()
	if !eval[bool](b, fmt.Sprintf("%s.open", p.part(fmt.Sprintf("[data-fold=%s]", fold)))) {
		b.click(p.part(fmt.Sprintf("[data-fold=%s] summary", fold)))
	}
}

// writeNote unfolds the note of a practice and types into it.
func (b *tab) writeNote(p asked, text string) {
	b.t.Helper()
	b.unfold(p, "note")
	b.fill(p.note(), text)
}

// marked waits until the page says something about the saving of a practice.
func (b *tab) marked(p asked, text string) {
	b.t.Helper()
	b.until(fmt.Sprintf("the mark %q at %s", text, p), fmt.Sprintf("words(%s ?? document.head).includes(%s)", p.mark(), quoted(text)))
}

// checked waits until a practice has a status on the page.
func (b *tab) checked(p asked, s assessment.Status) {
	b.t.Helper()
	b.until(fmt.Sprintf("%s at %s", s, p), fmt.Sprintf("%s?.checked", p.status(s)))
}

// counts waits until the foot of the walk says how much is not saved; nothing is the empty text.
func (b *tab) counts(unsaved string) {
	b.t.Helper()
	b.until(fmt.Sprintf("the count %q", unsaved), fmt.Sprintf(`words(document.getElementById("unsaved")) === %s`, quoted(unsaved)))
}

// noDrafts waits until everything that was typed is saved.
func (b *tab) noDrafts() {
	b.t.Helper()
	b.until("no draft left", `Object.keys(localStorage).every((key) => !key.startsWith("plumbline.draft/"))`)
}

// walking opens a page of the walk of a new assessment, in a browser in which Ines is signed in.
func (a *application) walking(t testing.TB, principle string) (*tab, string) {
	t.Helper()
	id := a.newAssessment("Claims triage").ID
	b := a.signedIn(t)
	b.open(templates.PrincipleURL(id, principle))
	return b, id
}

// colleague is a second account, which may answer too.
func (a *application) colleague(email, name string) {
	a.t.Helper()
	hash, err := passwordHash()
	if err != nil {
		a.t.Fatal(err)
	}
	user, err := a.store.CreateUser(context.Background(), access.Actor{}, access.User{Email: email, Name: name, PasswordHash: hash})
	if err != nil {
		a.t.Fatal(err)
	}
	team := a.ines().Memberships[0].Team.ID
	if err := a.store.SetMembership(context.Background(), access.Actor{}, user.ID, team, access.Architect); err != nil {
		a.t.Fatal(err)
	}
}

// TestNextWithNothingToSave leaves a page on which nothing was touched: one click is enough.
func TestNextWithNothingToSave(t *testing.T) {
	t.Parallel()
	b, id := start(t).walking(t, "rel-01")
	b.follow(button("Next"))
	b.at(templates.PrincipleURL(id, "rel-02"))
	b.follow(button("Back"))
	b.at(templates.PrincipleURL(id, "rel-01"))
}
