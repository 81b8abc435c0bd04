package awslens

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"plumbline/assessment"
	"plumbline/content/foreign"
)

var levels = map[string]assessment.Level{"HIGH_RISK": assessment.High, "MEDIUM_RISK": assessment.Medium, "NO_RISK": assessment.None}

// always is the condition that holds for every selection.
const always = "default"

// operand matches an id in a condition.
var operand = foreign.LazyRegexp(`[^\s!&|()]+`)

// tidyCondition returns a condition without the white space that a questionnaire cannot hold.
func tidyCondition(s string) string {
	return strings.TrimSpace(strings.NewReplacer("\u00a0", " ", "\r", " ").Replace(s))
}

// condition reads conditions over the choices of one question.
type condition struct {
	known     known
	practices []string // their ids
}

// read returns a condition over practice ids. "None of these" becomes: none of the practices.
func (c condition) read(s string) (assessment.Expression, error) {
	if s == always {
		return assessment.ParseExpression(always)
	}
	var converted strings.Builder
	var ends [][2]int // of each operand, here and there
	rest := 0
	for _, at := range operand().FindAllStringIndex(s, -1) {
		id := s[at[0]:at[1]]
		index, ok := c.known[id]
		if !ok {
			return assessment.Expression{}, fmt.Errorf("wrong condition: this question has no choice %s", foreign.Shorten(id))
		}
		converted.WriteString(s[rest:at[0]])
		if index == noPractice {
			converted.WriteString(noneOf(c.practices))
		} else {
			converted.WriteString(c.practices[index])
		}
		ends = append(ends, [2]int{at[1], converted.Len()})
		rest = at[1]
	}
	converted.WriteString(s[rest:])
	if n := utf8.RuneCountInString(converted.String()); n > maxCondition {
		return assessment.Expression{}, fmt.Errorf("the condition has %d characters with the practice IDs, more than %d", n, maxCondition)
	}
	expression, err := assessment.ParseExpression(converted.String())
	if wrong, ok := errors.AsType[*assessment.ExpressionError](err); ok {
		return expression, misread(s, original(wrong.Offset, ends), wrong.Message)
	}
	return expression, err
}

// misread names the character at which a condition stops being one.
func misread(s string, offset int, message string) error {
	expected, _, _ := strings.Cut(message, ", found ")
	found := "the end"
	if offset < len(s) {
		r, _ := utf8.DecodeRuneInString(s[offset:])
		found = strconv.QuoteRune(r)
	}
	return fmt.Errorf("wrong condition, at character %d: %s, found %s", 1+utf8.RuneCountInString(s[:offset]), expected, found)
}

// original returns the offset in the text before its operands were replaced.
func original(offset int, ends [][2]int) int {
	before, after := 0, 0
	for _, end := range ends {
		if end[1] <= offset {
			before, after = end[0], end[1]
		}
	}
	return before + offset - after
}

// noneOf is the condition that none of the practices is there.
func noneOf(practices []string) string {
	return "(!" + strings.Join(practices, " && !") + ")"
}

// originals gives back the ids of choices in a condition over practices.
type originals struct {
	none   string // the id of "None of these", "" where there is none
	noneOf string
	choice map[string]string // by the id of the practice
}

func originalOf(practices []string, known known) originals {
	o := originals{noneOf: noneOf(practices), choice: map[string]string{}}
	for id, index := range known {
		if index != noPractice {
			o.choice[practices[index]] = id
		} else if o.none == "" || id < o.none {
			o.none = id
		}
	}
	return o
}

var practiceID = foreign.LazyRegexp(`[A-Za-z0-9][A-Za-z0-9_.-]*`)

func (o originals) restore(when string) string {
	const mark = "\x00" // stands for "None of these" until the other ids are replaced
	if o.none != "" {
		when = strings.ReplaceAll(when, o.noneOf, mark)
	}
	when = practiceID().ReplaceAllStringFunc(when, func(id string) string {
		if choice, ok := o.choice[id]; ok {
			return choice
		}
		return id
	})
	return strings.ReplaceAll(when, mark, o.none)
}
