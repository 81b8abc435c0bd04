package walk_test

import (
	"context"
	"testing"
	"time"

	"plumbline/assessment"
	"plumbline/assessment/access"
	"plumbline/web/webtest"
)

// TestKeptPartsAreNeverOld compares each page with the one of a server that has kept nothing yet.
func TestKeptPartsAreNeverOld(t *testing.T) {
	a := webtest.NewApp(t)
	other := a.Colleague()
	if err := a.Store.SetMembership(context.Background(), access.Actor{}, other.User.ID, other.Memberships[0].Team.ID, access.Architect); err != nil {
		t.Fatal(err)
	}
	id, second := a.NewAssessment("Claims triage assistant").ID, a.NewAssessment("Letter writer").ID
	steps := []struct {
		name string
		do   func()
	}{
		{"nothing answered", func() {}},
		{"an answer", func() { a.Saves(a.Actor(), id, "sec-02.p1", assessment.Answer{Status: assessment.Partial}) }},
		{"the same in another assessment", func() { a.Saves(a.Actor(), second, "sec-02.p1", assessment.Answer{Status: assessment.Partial}) }},
		{"a note", func() { a.Saves(other, id, "sec-02.p1", assessment.Answer{Status: assessment.Partial, Note: "Soon."}) }},
		{"a link", func() {
			a.Saves(other, id, "sec-02.p2", assessment.Answer{Status: assessment.Adopted, Evidence: []assessment.Link{{URL: "https://example.com/"}}})
		}},
		{"an answer elsewhere", func() { a.Saves(other, id, "rel-01.p1", assessment.Answer{Status: assessment.Absent}) }},
		{"the next day", func() { a.Advance(10 * time.Hour) }},
		{"the next year", func() { a.SetClock(a.Now().AddDate(1, 0, 0)) }},
		{"taken back", func() { a.Saves(a.Actor(), id, "sec-02.p1", assessment.Answer{}) }},
	}
	kept := a.Server
	for _, step := range steps {
		step.do()
		a.ServeStore(a.Store)
		fresh := a.Server
		for _, person := range []access.User{a.Actor().User, other.User} {
			for _, id := range []string{id, second} {
				path := "/assessments/" + id + "/principles/sec-02"
				a.Server = fresh
				want := a.SignedInAs(person).Get(path).Body
				a.Server = kept
				for range 2 {
					if a.SignedInAs(person).Get(path).Body != want {
						t.Errorf("%s: what %s sees is not what is stored", step.name, person.Name)
					}
				}
			}
		}
	}
}
