package templates

import (
	"strings"

	"plumbline/assessment"
)

// StatusWord is what people call a status.
func StatusWord(status assessment.Status) string {
	switch status {
	case assessment.Adopted:
		return "Adopted"
	case assessment.Partial:
		return "Partly"
	case assessment.Absent:
		return "Not yet"
	case assessment.NotApplicable:
		return "Not applicable"
	}
	return "Unanswered"
}

func statusGlyph(status assessment.Status) string {
	switch status {
	case assessment.NotApplicable:
		return "na"
	case assessment.Unanswered:
		return "unanswered"
	}
	return string(status)
}

func statusTone(status assessment.Status) string {
	switch status {
	case assessment.Adopted:
		return "good"
	case assessment.Partial:
		return "fair"
	case assessment.Absent:
		return "poor"
	}
	return "dim"
}

// LevelWord is what people call a risk or a severity.
func LevelWord(level assessment.Level) string {
	switch level {
	case assessment.High:
		return "High"
	case assessment.Medium:
		return "Medium"
	case assessment.Low:
		return "Low"
	case assessment.None:
		return "None"
	}
	return "Unknown"
}

func levelGlyph(level assessment.Level) string {
	switch level {
	case assessment.High, assessment.Medium, assessment.Low:
		return string(level)
	}
	return "unanswered"
}

func levelTone(level assessment.Level) string {
	switch level {
	case assessment.High:
		return "poor"
	case assessment.Medium:
		return "fair"
	}
	return "dim"
}

// StateWord is what people call the state of a tradeoff.
func StateWord(state assessment.TradeoffState) string {
	switch state {
	case assessment.Live:
		return "Live"
	case assessment.Possible:
		return "Possible"
	}
	return "Quiet"
}

// EffortWord is what people call an effort.
func EffortWord(effort assessment.Effort) string {
	switch effort {
	case assessment.EffortS:
		return "S, days"
	case assessment.EffortM:
		return "M, weeks"
	}
	return "L, a quarter"
}

// ChoiceWord is what people call a decision.
func ChoiceWord(choice assessment.Choice) string {
	switch choice {
	case assessment.Accept:
		return "Accept"
	case assessment.Mitigate:
		return "Mitigate"
	case assessment.Revisit:
		return "Revisit"
	}
	return ""
}

// Bands names the parts of the scale for drawing. Steps of a questionnaire with another number of bands are spread over
// the three signs.
type Bands []assessment.Band

// Word is the band of a score for people; both ends while they differ, for example "Moderate to excellent".
func (b Bands) Word(s assessment.Score) string {
	if !s.Range.Applicable {
		return "Not applicable"
	}
	low := b.title(s.Band)
	if s.Band == s.BandHigh {
		return low
	}
	return low + " to " + strings.ToLower(b.title(s.BandHigh))
}

func (b Bands) title(id string) string {
	for _, band := range b {
		if band.ID == id {
			return band.Title
		}
	}
	return id
}

func (b Bands) step(id string) int {
	for i, band := range b {
		if band.ID == id && len(b) > 1 {
			return i * 2 / (len(b) - 1)
		}
	}
	return 0
}

func (b Bands) glyph(id string) string { return []string{"step1", "step2", "step3"}[b.step(id)] }

func (b Bands) tone(id string) string { return []string{"poor", "fair", "good"}[b.step(id)] }
