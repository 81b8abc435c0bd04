package web_test

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
	"pgregory.net/rapid"

	"plumbline/assessment"
	"plumbline/web"
)

// aroundPractices are the parts of the page that surround its practices; the picture is sent whole or in two parts.
var aroundPractices = []string{"rail", "rest", "picture", "foot-now", "count-tradeoffs"}

func TestSaveSendsWhatItChanges(t *testing.T) {
	all := strings.Join(aroundPractices, " ")
	tests := []struct {
		name     string
		before   func(a *app, id string)
		practice string
		status   assessment.Status
		shown    func(sequence int64) string
		want     string
	}{
		{"a first answer", nil, "r2", assessment.Partial, shows(0), "rail rest picture foot-now"},
		{"a quiet first answer", nil, "c2", assessment.Absent, shows(0), "rail rest picture foot-now"},
		{"another answer without a finding", nil, "r1", assessment.NotApplicable, shows(0), "rail foot-now count-tradeoffs scores s-find"},
		{"another answer", nil, "c1", assessment.Partial, shows(0), "picture foot-now count-tradeoffs"},
		{"another answer to what was answered", func(a *app, id string) { a.saves(a.actor(), id, "c2", assessment.Answer{Status: assessment.Absent}) },
			"c2", assessment.Adopted, shows(0), "picture foot-now"},
		{"a page that does not say what it shows", nil, "c1", assessment.Partial, func(int64) string { return "" }, all},
		{"nonsense", nil, "c1", assessment.Partial, func(int64) string { return "x" }, all},
		{"a page that shows less", nil, "c1", assessment.Partial, shows(-1), all},
		{"a page that shows more than there is", nil, "c1", assessment.Partial, shows(5), all},
		{"nothing changed", nil, "c1", assessment.Absent, shows(0), "scores s-find"},
		{"nothing changed since another change", nil, "c1", assessment.Absent, shows(-1), all},
		{"somebody else in between", func(a *app, id string) {
			a.saves(a.colleague(), id, "c2", assessment.Answer{Status: assessment.Absent})
		},
			"c1", assessment.Partial, shows(-1), all},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			a := newApp(t)
			b := a.signedIn()
			id := a.newSmallAssessment().ID
			if tt.before != nil {
				tt.before(a, id)
			}
			now := a.state(id).State
			form := url.Values{"version." + tt.practice: {strconv.Itoa(now.Answer(tt.practice).Version)},
				"status." + tt.practice: {string(tt.status)}, "reason." + tt.practice: {""}}
			if tt.status == assessment.NotApplicable {
				form.Set("reason."+tt.practice, "Hosted")
			}
			form.Set("shown", tt.shown(now.Sequence))
			got := b.live("/assessments/"+id+"/answers/"+tt.practice, form)
			if got.status != http.StatusOK {
				t.Fatalf("status %d", got.status)
			}
			var parts []string
			for _, part := range append(slices.Clone(aroundPractices), "scores", "s-find") {
				if got.page.Find("body > #"+part).Length() == 1 {
					parts = append(parts, part)
				}
			}
			want := strings.Fields(tt.want)
			slices.Sort(want)
			slices.Sort(parts)
			if !slices.Equal(parts, want) {
				t.Errorf("sent %q, want %q", parts, want)
			}
		})
	}
}

// shows is what a page says that is so many changes ahead of what is stored.
func shows(ahead int64) func(int64) string {
	return func(sequence int64) string { return strconv.FormatInt(sequence+ahead, 10) }
}

func TestSaveOfAPracticeWithNothingToTakeAway(t *testing.T) {
	a := newApp(t)
	b := a.signedIn()
	id := a.newSmallAssessment().ID
	bare := map[string]string{"bare": "1"}
	faults := "#fault-status-r2, #fault-reason-r2, #fault-note-r2, #fault-evidence-r2, #conflict-r2, #earlier-r2"
	if n := b.live("/assessments/"+id+"/answers/r2", oneAnswer(nil)).page.Find(faults).Length(); n != 6 {
		t.Errorf("%d places for what is wrong, want 6", n)
	}
	if n := b.live("/assessments/"+id+"/answers/r2", oneAnswer(bare)).page.Find(faults).Length(); n != 0 {
		t.Errorf("%d places for what is wrong, want none", n)
	}
	wrong := oneAnswer(bare)
	wrong.Set("status.r2", "not_applicable")
	if got := b.live("/assessments/"+id+"/answers/r2", wrong); textOf(got.page.Find("#fault-reason-r2")) == "" {
		t.Error("a fault is not shown")
	}
	late := oneAnswer(bare)
	late.Set("status.r2", "absent")
	late.Set("version.r2", "0")
	if got := b.live("/assessments/"+id+"/answers/r2", late); got.page.Find("#conflict-r2 .versions").Length() != 1 {
		t.Error("a conflict is not shown")
	}
}

// openPage is a page of the walk in a browser, as the script keeps it.
type openPage struct {
	page     *goquery.Document
	sequence int64
	whole    bool
}

// take puts the parts of an answer where their ids are, but the one in which text is selected.
func (p *openPage) take(answer *goquery.Document, selected string) {
	parts := answer.Find("body > [hx-swap-oob]")
	sequence, _ := strconv.ParseInt(parts.Filter("[data-sequence]").AttrOr("data-sequence", ""), 10, 64)
	if sequence < p.sequence {
		return
	}
	p.sequence = sequence
	if parts.Filter("#"+strings.Join(aroundPractices, ", #")).Length() == len(aroundPractices) {
		p.whole = true
	}
	for _, id := range append(slices.Clone(aroundPractices), "scores", "s-find") {
		part := parts.Filter("#" + id)
		if part.Length() == 0 || p.page.Find("#"+id).Length() == 0 {
			continue
		}
		if id == selected {
			p.whole = false
			continue
		}
		p.page.Find("#" + id).ReplaceWithSelection(part.Clone())
	}
}

// says is what a page shows around its practices.
func says(page *goquery.Document) string {
	var all strings.Builder
	for _, id := range aroundPractices {
		html, err := page.Find("#" + id).Html()
		fmt.Fprintf(&all, "%s: %s %v\n", id, strings.ReplaceAll(html, ` hx-swap-oob="true"`, ""), err)
	}
	return all.String()
}

// TestNobodyIsLeftWithAStalePart lets saves overlap, overtake each other and get lost while others save too, and
// compares what a page shows with what stood in the assessment at the change that the page claims to show.
func TestNobodyIsLeftWithAStalePart(t *testing.T) {
	a := newApp(t)
	b := a.signedIn()
	other := a.colleague()
	statuses := []assessment.Status{assessment.Adopted, assessment.Partial, assessment.Absent, assessment.Unanswered}
	rapid.Check(t, func(t *rapid.T) {
		id := a.newSmallAssessment().ID
		address := "/assessments/" + id + "/principles/rel"
		loaded := b.get(address)
		was := url.Values{}
		for _, field := range loaded.page.Find("#answers > input[type=hidden]").EachIter() {
			was.Set(field.AttrOr("name", ""), field.AttrOr("value", ""))
		}
		p := &openPage{page: loaded.page, sequence: a.state(id).State.Sequence, whole: true}
		truth := map[int64]string{p.sequence: says(loaded.page)}
		changes := func() *goquery.Document { return b.get(address + "/changes?" + was.Encode()).page }
		note := func() {
			page := changes()
			truth[a.state(id).State.Sequence] = says(page)
		}
		practice := func() string { return rapid.SampledFrom([]string{"r1", "r2", "c1", "c2"}).Draw(t, "practice") }
		status := func() assessment.Status { return rapid.SampledFrom(statuses).Draw(t, "status") }
		save := func(practice string, status assessment.Status) *goquery.Document {
			form := url.Values{"status." + practice: {string(status)}, "version." + practice: {strconv.Itoa(a.state(id).State.Answer(practice).Version)}}
			for name := range was {
				form.Set(name, was.Get(name))
			}
			if p.whole {
				form.Set("shown", strconv.FormatInt(p.sequence, 10))
			}
			got := b.live("/assessments/"+id+"/answers/"+practice, form)
			if got.status != http.StatusOK {
				t.Fatalf("status %d: %s", got.status, got.body)
			}
			note()
			return got.page
		}
		take := func(answer *goquery.Document, selected string) {
			p.take(answer, selected)
			if want := truth[p.sequence]; p.whole && says(p.page) != want {
				t.Fatalf("at change %d the page shows\n%s\nwant\n%s", p.sequence, says(p.page), want)
			}
		}
		var flying []*goquery.Document
		fetch := func() (answer *goquery.Document) {
			i := rapid.IntRange(0, len(flying)-1).Draw(t, "which")
			answer = flying[i]
			flying = slices.Delete(flying, i, i+1)
			return answer
		}
		t.Repeat(map[string]func(*rapid.T){
			"save": func(*rapid.T) {
				flying = append(flying, save("r"+strconv.Itoa(rapid.IntRange(1, 2).Draw(t, "n")), status()))
			},
			"somebody saves":   func(*rapid.T) { a.saves(other, id, practice(), assessment.Answer{Status: status()}); note() },
			"look for changes": func(*rapid.T) { flying = append(flying, changes()) },
			"answer arrives": func(*rapid.T) {
				if len(flying) > 0 {
					take(fetch(), rapid.SampledFrom([]string{"", "", "rail", "rest", "picture", "scores", "foot-now"}).Draw(t, "selected"))
				}
			},
			"answer is lost": func(*rapid.T) {
				if len(flying) > 0 {
					fetch()
				}
			},
		})
		for len(flying) > 0 {
			take(fetch(), "")
		}
		for _, last := range []assessment.Status{assessment.Adopted, assessment.Partial} {
			take(save("r1", last), "")
		}
		if now := a.state(id).State.Sequence; p.sequence != now || !p.whole {
			t.Fatalf("the page shows change %d, want %d, all of it (%v)", p.sequence, now, p.whole)
		}
	})
}

// rivalStore is a store in which somebody else answers r2 between the reading of a request and its save.
type rivalStore struct {
	web.Store
	rival assessment.Actor
}

func (s rivalStore) SaveAnswer(ctx context.Context, actor assessment.Actor, id string, save assessment.SaveAnswer) (*assessment.Current, error) {
	rival := assessment.SaveAnswer{Practice: "r2", Answer: assessment.Answer{Status: assessment.Absent}}
	if _, err := s.Store.SaveAnswer(ctx, s.rival, id, rival); err != nil {
		return nil, err
	}
	return s.Store.SaveAnswer(ctx, actor, id, save)
}

// What somebody else has just changed may be on its way to the page: everything is sent.
func TestSaveAfterAChangeThatNobodyHeardOf(t *testing.T) {
	a := newApp(t)
	id := a.newSmallAssessment().ID
	shown := a.state(id).State.Sequence
	b := a.over(rivalStore{a.store, a.colleague()}).signedIn()
	form := url.Values{"version.c1": {"1"}, "status.c1": {"absent"}, "note.c1": {"Seen"}, "shown": {strconv.FormatInt(shown, 10)}}
	got := b.live("/assessments/"+id+"/answers/c1", form)
	if now := a.state(id).State.Sequence; got.status != http.StatusOK || now != shown+2 {
		t.Fatalf("status %d, %d changes", got.status, now-shown)
	}
	for _, part := range aroundPractices {
		if got.page.Find("body > #"+part).Length() != 1 {
			t.Errorf("no %s", part)
		}
	}
}
