package web_test

import (
	"context"
	"testing"
	"time"

	"plumbline/assessment"
)

// TestKeptPartsAreNeverOld compares each page with the one of a server that has kept nothing yet.
func TestKeptPartsAreNeverOld(t *testing.T) {
	a := newApp(t)
	other := a.colleague()
	if err := a.store.SetMembership(context.Background(), other.User.ID, other.Memberships[0].Team.ID, assessment.Architect); err != nil {
		t.Fatal(err)
	}
	id, second := a.newAssessment("Claims triage assistant").ID, a.newAssessment("Letter writer").ID
	steps := []struct {
		name string
		do   func()
	}{
		{"nothing answered", func() {}},
		{"an answer", func() { a.saves(a.actor(), id, "sec-02.p1", assessment.Answer{Status: assessment.Partial}) }},
		{"the same in another assessment", func() { a.saves(a.actor(), second, "sec-02.p1", assessment.Answer{Status: assessment.Partial}) }},
		{"a note", func() { a.saves(other, id, "sec-02.p1", assessment.Answer{Status: assessment.Partial, Note: "Soon."}) }},
		{"a link", func() {
			a.saves(other, id, "sec-02.p2", assessment.Answer{Status: assessment.Adopted, Evidence: []assessment.Link{{URL: "https://example.com/"}}})
		}},
		{"an answer elsewhere", func() { a.saves(other, id, "rel-01.p1", assessment.Answer{Status: assessment.Absent}) }},
		{"the next day", func() { a.now = a.now.Add(10 * time.Hour) }},
		{"the next year", func() { a.now = a.now.AddDate(1, 0, 0) }},
		{"taken back", func() { a.saves(a.actor(), id, "sec-02.p1", assessment.Answer{}) }},
	}
	kept := a.server
	for _, step := range steps {
		step.do()
		a.serveStore(a.store)
		fresh := a.server
		for _, person := range []assessment.User{a.actor().User, other.User} {
			for _, id := range []string{id, second} {
				path := "/assessments/" + id + "/principles/sec-02"
				a.server = fresh
				want := a.signedInAs(person).get(path).body
				a.server = kept
				for range 2 {
					if a.signedInAs(person).get(path).body != want {
						t.Errorf("%s: what %s sees is not what is stored", step.name, person.Name)
					}
				}
			}
		}
	}
}
