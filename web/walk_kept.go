package web

import (
	"net/url"
	"strconv"

	"plumbline/assessment"
	"plumbline/templates"
)

// nothingShown is for a page that does not say which change of the assessment it shows.
const nothingShown = -1

// readShown returns which change the page of a save shows, wholly.
func readShown(form url.Values) int64 {
	shown, err := strconv.ParseInt(form.Get("shown"), 10, 64)
	if err != nil || shown < 0 {
		return nothingShown
	}
	return shown
}

// keptOf tells which parts around the practices stay as a page shows them. That can be told only where the page shows
// the state after the save already, or the very state before the one change that was made: in between, the page may
// take in another change, and a part that is left out now would be missed then.
func keptOf(shown int64, before, after *assessment.Current, place assessment.Place) templates.Kept {
	switch {
	case shown == nothingShown:
		return templates.Kept{}
	case after.State.Sequence == shown:
		return templates.Kept{Rail: true, Rest: true, Foot: true, Tradeoffs: true, Found: true}
	case before.State.Sequence != shown || after.State.Sequence != shown+1 || before.Model != after.Model:
		return templates.Kept{}
	}
	was, now := pillarResult(before, place.Pillar), pillarResult(after, place.Pillar)
	return templates.Kept{
		Rail:      sameProgress(before.Result, after.Result),
		Rest:      openOn(before, place.Principle) == openOn(after, place.Principle),
		Foot:      sameSpan(was.Range, now.Range),
		Tradeoffs: openCount(before) == openCount(after),
		Found:     sameFound(before, after, was, now, place.Pillar),
	}
}

// sameProgress reports whether as much is answered of each principle, which is all that the rail shows.
func sameProgress(before, after *assessment.Result) bool {
	for i := range after.Pillars {
		was, now := before.Pillars[i].Principles, after.Pillars[i].Principles
		for j := range now {
			if was[j].Answered != now[j].Answered || was[j].Applicable != now[j].Applicable {
				return false
			}
		}
	}
	return true
}

// sameSpan reports whether people see no difference between two ranges.
func sameSpan(a, b assessment.Range) bool {
	if !a.Applicable || !b.Applicable {
		return a.Applicable == b.Applicable
	}
	return assessment.Round(a.Low) == assessment.Round(b.Low) && assessment.Round(a.High) == assessment.Round(b.High)
}

// sameFound reports whether the picture lists the same findings of a pillar, and tells as before whether there are more.
func sameFound(before, after *assessment.Current, was, now *assessment.PillarResult, pillar *assessment.Pillar) bool {
	more := was.Findings.Total() > maxFindings
	return more == (now.Findings.Total() > maxFindings) && worstOf(before, pillar) == worstOf(after, pillar)
}
