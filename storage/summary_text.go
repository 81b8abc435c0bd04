package storage

import (
	"encoding/json"
	"strconv"

	"plumbline/assessment"
)

// text returns the summary as encoding/json writes it. Every save writes one: to look at the types of its fields again
// each time takes longer than to score the assessment.
func (s *storedSummary) text() string {
	out := append(make([]byte, 0, 1024), `{"overall":{`...)
	out = append(s.Overall.append(out), `},"pillars":[`...)
	for i := range s.Pillars {
		pillar := &s.Pillars[i]
		if i > 0 {
			out = append(out, ',')
		}
		out = appendText(append(out, `{"id":`...), pillar.ID)
		out = appendText(append(out, `,"title":`...), pillar.Title)
		out = append(pillar.append(append(out, ',')), '}')
	}
	out = appendCounts(append(out, `],"findings":`...), s.Findings)
	out = appendCounts(append(out, `,"unknown":`...), s.Unknown)
	out = appendField(out, `,"open_decisions":`, s.OpenDecisions)
	return string(append(appendField(out, `,"stale":`, s.Stale), '}'))
}

// append appends the fields of the score.
func (s *storedScore) append(out []byte) []byte {
	out = appendPoints(append(out, `"low":`...), s.Low)
	out = appendPoints(append(out, `,"high":`...), s.High)
	if s.Band != "" {
		out = appendText(append(out, `,"band":`...), s.Band)
	}
	if s.BandHigh != "" {
		out = appendText(append(out, `,"band_high":`...), s.BandHigh)
	}
	out = appendField(out, `,"answered":`, s.Answered)
	out = appendField(out, `,"applicable":`, s.Applicable)
	return appendField(out, `,"total":`, s.Total)
}

func appendCounts(out []byte, c assessment.Counts) []byte {
	out = appendField(out, `{"high":`, c.High)
	out = appendField(out, `,"medium":`, c.Medium)
	return append(appendField(out, `,"low":`, c.Low), '}')
}

func appendField(out []byte, name string, value int) []byte {
	return strconv.AppendInt(append(out, name...), int64(value), 10)
}

// appendPoints appends a score of four decimals, which never needs an exponent.
func appendPoints(out []byte, points *float64) []byte {
	if points == nil {
		return append(out, "null"...)
	}
	return strconv.AppendFloat(out, *points, 'f', -1, 64)
}

// appendText appends a string of JSON.
func appendText(out []byte, s string) []byte {
	for i := range len(s) {
		if c := s[i]; c < ' ' || c > '~' || c == '"' || c == '\\' || c == '<' || c == '>' || c == '&' {
			quoted, _ := json.Marshal(s) // no string is without a JSON form
			return append(out, quoted...)
		}
	}
	return append(append(append(out, '"'), s...), '"')
}
