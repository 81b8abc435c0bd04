package templates

import (
	"plumbline/assessment"
	"plumbline/assessment/words"
)

func StatusGlyph(status assessment.Status) string {
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

func LevelGlyph(level assessment.Level) string {
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

// Bands names the parts of the scale for drawing. Steps of a questionnaire with another number of bands are spread over
// the three signs.
type Bands []assessment.Band

// Word is the band of a score for people; both ends while they differ, for example "Moderate to excellent".
func (b Bands) Word(s assessment.Score) string { return words.Band(b, s) }

func (b Bands) step(id string) int {
	for i, band := range b {
		if band.ID == id && len(b) > 1 {
			return i * 2 / (len(b) - 1)
		}
	}
	return 0
}

func (b Bands) Glyph(id string) string { return []string{"step1", "step2", "step3"}[b.step(id)] }

func (b Bands) Tone(id string) string { return []string{"poor", "fair", "good"}[b.step(id)] }
