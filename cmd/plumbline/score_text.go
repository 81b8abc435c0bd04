package main

import (
	"fmt"
	"io"
	"strings"

	"plumbline/assessment"
	"plumbline/assessment/story"
	"plumbline/assessment/words"
)

// listed is how many findings and recommendations the text names.
const listed = 10

// scoreText writes a result for people.
type scoreText struct {
	w          io.Writer
	model      *assessment.Model
	result     *assessment.Result
	priorities assessment.Priorities

	counted, apart assessment.Sum // what counts in the overall score, and what priority 0 leaves out
}

func (t scoreText) print() error {
	t.counted, t.apart = t.result.Split(t.priorities)
	q := t.model.Questionnaire()
	fmt.Fprintf(t.w, "%s %s\n\n", q.Title, q.Version)
	for _, part := range []func() error{t.scores, t.scope, t.findings, t.tradeoffs, t.recommendations} {
		if err := part(); err != nil {
			return err
		}
	}
	return nil
}

func (t scoreText) scores() error {
	return table(t.w, func(row func(string, ...any)) {
		row("PILLAR\tSCORE\tANSWERED\tBAND")
		for _, p := range t.result.Pillars {
			pillar, _ := t.model.Pillar(p.ID)
			t.scoreRow(row, pillar.Title, p.Score)
		}
		t.scoreRow(row, "Overall", t.counted.Score)
		if t.apart.Pillars > 0 {
			t.scoreRow(row, story.LeftOut, t.apart.Score)
		}
	})
}

// scope says how many practices the facets leave out, and which.
func (t scoreText) scope() error {
	out := t.result.OutOfScope
	if len(out) == 0 {
		return nil
	}
	fmt.Fprintf(t.w, "\nOut of scope: %s\n", words.Plural(len(out), "practice", "practices"))
	return table(t.w, func(row func(string, ...any)) {
		for _, id := range out[:min(listed, len(out))] {
			row("  %s\t%s", id, t.title(id))
		}
		more(row, len(out))
	})
}

func (t scoreText) scoreRow(row func(string, ...any), title string, s assessment.Score) {
	bands := t.model.Questionnaire().Bands
	row("%s\t%s\t%d of %d\t%s", title, words.Score(bands, s.Range), s.Answered, s.Applicable, words.Band(bands, s))
}

func (t scoreText) findings() error {
	found, _ := t.model.SplitFindings(t.result.Findings, t.priorities)
	unknown := t.counted.Unknown
	fmt.Fprintf(t.w, "\nFindings: %d; not answered: %d of high risk, %d of medium, %d of low\n",
		len(found), unknown.High, unknown.Medium, unknown.Low)
	if t.apart.Pillars > 0 {
		fmt.Fprintf(t.w, "%s: %s; not answered: %d\n", story.LeftOut, words.Plural(t.apart.Findings.Total(), "more finding", "more findings"), t.apart.Unknown.Total())
	}
	return table(t.w, func(row func(string, ...any)) {
		for _, f := range found[:min(listed, len(found))] {
			row("  %s\t%s\t%s", words.Level(f.Severity), f.Practice, t.title(f.Practice))
		}
		more(row, len(found))
	})
}

// more says how many rows are not shown.
func more(row func(string, ...any), total int) {
	if total > listed {
		row("  … and %d more", total-listed)
	}
}

func (t scoreText) title(practice string) string {
	place, ok := t.model.Place(practice)
	if !ok {
		return ""
	}
	return place.Practice.Title
}

func (t scoreText) tradeoffs() error {
	byState := map[assessment.TradeoffState]int{}
	for _, r := range t.result.Tradeoffs {
		byState[r.State]++
	}
	fmt.Fprintf(t.w, "\nTradeoffs: %d active, %d possible, %d inactive\n",
		byState[assessment.Live], byState[assessment.Possible], byState[assessment.Quiet])
	for _, r := range t.result.Tradeoffs {
		if tradeoff, ok := t.model.Tradeoff(r.ID); ok && r.State == assessment.Live {
			t.live(tradeoff, r)
		}
	}
	return nil
}

func (t scoreText) live(tradeoff *assessment.Tradeoff, r assessment.TradeoffResult) {
	sides := tradeoff.Sides
	fmt.Fprintf(t.w, "  %s  %s (%s %s, %s %s)\n", r.ID, tradeoff.Title,
		sides[0].Label, words.Range(r.Pulls[0]), sides[1].Label, words.Range(r.Pulls[1]))
	for _, i := range r.Signals {
		fmt.Fprintf(t.w, "       - %s\n", tradeoff.Signals[i].Says)
	}
}

func (t scoreText) recommendations() error {
	all := t.result.Recommendations
	fmt.Fprintf(t.w, "\nRecommendations: %d\n", len(all))
	return table(t.w, func(row func(string, ...any)) {
		if len(all) > 0 {
			row("  GAIN\tSEVERITY\tEFFORT\tPRACTICE\t(tradeoffs that would change)")
		}
		for _, r := range all[:min(listed, len(all))] {
			row("  %s\t%s\t%s\t%s\t%s%s", words.Signed(r.Gain, 2), words.Level(r.Severity), words.Effort(r.Effort), r.Practice, t.title(r.Practice), inBrackets(r.Tradeoffs))
		}
		more(row, len(all))
	})
}

// inBrackets returns ids after a space and in brackets, nothing if there are none.
func inBrackets(ids []string) string {
	if len(ids) == 0 {
		return ""
	}
	return " (" + strings.Join(ids, ", ") + ")"
}
