package azurechecklist

import (
	"strings"

	"plumbline/assessment"
	"plumbline/content/foreign"
)

// levels are the words for a severity that are known, in lower case: English ones, then those of the translations.
func levels(word string) (level assessment.Level, english, ok bool) {
	switch word {
	case "high":
		return assessment.High, true, true
	case "medium":
		return assessment.Medium, true, true
	case "low":
		return assessment.Low, true, true
	case "alto", "alta", "高い", "高", "높다", "높음":
		return assessment.High, false, true
	case "medio", "media", "médio", "média", "中程度", "中", "中等", "보통", "중간":
		return assessment.Medium, false, true
	case "bajo", "baja", "baixo", "baixa", "低い", "低", "낮다", "낮음":
		return assessment.Low, false, true
	}
	return assessment.Medium, false, false
}

// riskOf returns the risk that an item's severity says, medium where it says none.
func riskOf(f foreign.Fields) assessment.Level {
	word, at := first(f, "severity", "priority", "recommendationImpact")
	if word == "" {
		f.Count("the item has no severity: its risk is medium")
		return assessment.Medium
	}
	level, english, ok := levels(strings.ToLower(word))
	switch {
	case !ok:
		at.Count("expected high, medium or low, found %s: the risk is medium", foreign.Shorten(word))
	case !english:
		at.Count("%s is read as the risk %s", foreign.Shorten(word), level)
	}
	return level
}
