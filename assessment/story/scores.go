package story

import (
	"slices"

	"plumbline/assessment"
	"plumbline/assessment/words"
)

// ScoreChange is the certain score of a level on both sides.
type ScoreChange struct {
	Title  string
	Before assessment.Score
	After  assessment.Score
	Points float64 // difference as it is shown, in tenths; 0 where a side has no score
	Both   bool    // both sides have a score
	Band   string  // of the later side, after that of the earlier one where it is another: "Critical → moderate"
	Moved  bool    // the band is another
}

// WhyNoScore says why there is no overall score; apart sums up the pillars of priority 0.
func WhyNoScore(apart assessment.Sum) string {
	if apart.Applicable > 0 {
		return "every pillar with applicable practices has priority 0"
	}
	return "no practice of the questionnaire is applicable"
}

// Low returns a certain score as it is shown, "n/a" where nothing is applicable.
func Low(s assessment.Score) string {
	if !s.Range.Applicable {
		return words.None
	}
	return words.Tenths(s.Low)
}

// Change returns the difference with its sign, "n/a" where a side has no score.
func (s ScoreChange) Change() string {
	if !s.Both {
		return words.None
	}
	return words.Signed(s.Points, 1)
}

// PointsTitle is the title of the column of differences.
func (c *Change) PointsTitle() string { return c.Say("Change", "Gap") }

// Rays are the pillars that a radar has a ray for: those that apply on one side at least.
func (c *Change) Rays() []ScoreChange {
	return slices.DeleteFunc(slices.Clone(c.Scores[1:]), func(s ScoreChange) bool {
		return !s.Before.Range.Applicable && !s.After.Range.Applicable
	})
}

func (c *Change) scores() []ScoreChange {
	list := []ScoreChange{c.score("Overall", c.Before.Overall, c.After.Overall)}
	for _, p := range c.Pillars {
		list = append(list, c.score(p.Title, p.Before, p.After))
	}
	return list
}

func (c *Change) score(title string, before, after assessment.Score) ScoreChange {
	s := ScoreChange{Title: title, Before: before, After: after, Both: before.Range.Applicable && after.Range.Applicable}
	s.Band = words.Status(assessment.NotApplicable)
	if after.Range.Applicable {
		s.Band = words.BandTitle(c.Later.Questionnaire.Bands, after.Band)
	}
	if s.Both {
		s.Points = difference(before, after)
		if s.Moved = before.Band != after.Band; s.Moved {
			s.Band = words.BandTitle(c.Earlier.Questionnaire.Bands, before.Band) + " → " + words.Lower(s.Band)
		}
	}
	return s
}

// difference is that of two certain scores as they are shown.
func difference(before, after assessment.Score) float64 {
	return assessment.RoundTo(assessment.RoundTo(after.Low, 1)-assessment.RoundTo(before.Low, 1), 1)
}
