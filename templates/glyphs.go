package templates

import (
	"plumbline/assessment"
	"plumbline/assessment/words"
)

func StatusGlyph(status assessment.Status) string {
	switch status {
	case assessment.NotApplicable, assessment.OutOfScope:
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

func RiskWord(level assessment.Level) string { return words.Level(level) + " risk" }

func RiskClass(level assessment.Level) string { return "g " + levelTone(level) }

// KindGlyph is the sign of what a true signal points at.
func KindGlyph(kind assessment.SignalKind) string {
	if kind == assessment.BlindSpot {
		return "blind"
	}
	return "live"
}

// TradeoffGlyph is the sign of a tradeoff as it is now.
func TradeoffGlyph(t *assessment.Tradeoff, now assessment.TradeoffResult) string {
	switch {
	case now.NotApplicable:
		return "na"
	case now.State == assessment.Live:
		return KindGlyph(t.Kind(now.Signals))
	}
	return string(now.State)
}
