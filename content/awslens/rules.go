package awslens

import (
	"fmt"
	"slices"
	"strings"

	"plumbline/assessment"
)

// maxTried bounds the practices whose selections are all tried.
const maxTried = 15

// ruleSet is the risk rules of one question.
type ruleSet struct {
	rules     []assessment.RiskRule
	practices []string // of the question
	at        value    // where the rules are written
}

// judge looks at what the rules say of every selection: which rules are never reached, which selections none covers,
// and which risk each practice has.
func (s ruleSet) judge(f fields, question *assessment.Question) {
	full := make(map[string]bool, len(s.practices))
	for _, id := range s.practices {
		full[id] = true
	}
	used := s.used()
	var tried *trials
	if effort := s.length() << min(len(used), maxTried); len(used) <= maxTried && effort <= f.effort {
		f.effort -= effort
		tried = s.try(used)
		tried.report(s, f)
	} else {
		f.unchecked++
	}
	for i := range question.Practices {
		p := &question.Practices[i]
		full[p.ID] = false
		p.Risk = s.practiceRisk(p.ID, full, used, tried)
		full[p.ID] = true
		p.Weight = assessment.DefaultWeight(p.Risk)
	}
	if len(used) == 0 && s.rules[0].Always() {
		s.at.Lose("the question is informational: its risk is always %s, but its practices count as low risk", s.rules[0].Risk)
	}
}

// length is what it takes to look at all conditions once, in characters.
func (s ruleSet) length() int {
	length := len(s.practices)
	for _, rule := range s.rules {
		length += 1 + len(rule.When.String())
	}
	return length
}

// practiceRisk is the risk of the question when only this practice is missing, where that is none what the practice
// alone decides.
func (s ruleSet) practiceRisk(id string, without map[string]bool, used []string, tried *trials) assessment.Level {
	bit := slices.Index(used, id)
	if bit < 0 {
		return assessment.Low
	}
	switch first := s.first(without); {
	case first < 0:
		return assessment.Medium
	case s.rules[first].Risk != assessment.None:
		return s.rules[first].Risk
	case tried != nil:
		return tried.decides(s, bit)
	}
	return assessment.Low
}

// used returns the practices that conditions name, in the order of the question.
func (s ruleSet) used() []string {
	named := map[string]bool{}
	for _, rule := range s.rules {
		if rule.Always() {
			continue
		}
		for _, id := range rule.When.Practices() {
			named[id] = true
		}
	}
	var used []string
	for _, id := range s.practices {
		if named[id] {
			used = append(used, id)
		}
	}
	return used
}

// first returns the first rule that holds, -1 where none does.
func (s ruleSet) first(selected map[string]bool) int {
	status := func(id string) assessment.Status {
		if selected[id] {
			return assessment.Adopted
		}
		return assessment.Absent
	}
	for i := range s.rules {
		if rule := &s.rules[i]; rule.Always() || rule.When.Eval(status, nil) == assessment.True {
			return i
		}
	}
	return -1
}

// trials is the first rule that holds for each selection of the practices that rules use.
type trials struct {
	used  []string
	first []int // by selection, one bit a practice
}

func (s ruleSet) try(used []string) *trials {
	t := &trials{used, make([]int, 1<<len(used))}
	selected := map[string]bool{}
	for selection := range t.first {
		for bit, id := range used {
			selected[id] = selection>>bit&1 == 1
		}
		t.first[selection] = s.first(selected)
	}
	return t
}

// report names rules that are never reached, selections without a rule, and practices that raise the risk.
func (t *trials) report(s ruleSet, f fields) {
	reached := map[int]bool{}
	for _, first := range t.first {
		reached[first] = true
	}
	for i := range s.rules {
		if !reached[i] {
			item := s.at.Items[i]
			f.LoseAt(item, fmt.Sprintf("%s[%d]", s.at.Path, i), "no selection reaches this rule: another one comes first, or it contradicts itself")
		}
	}
	if selection := slices.Index(t.first, -1); selection >= 0 {
		s.at.Lose("no rule covers %s: the question's risk is unknown then", t.name(selection))
	}
	for bit, id := range t.used {
		if t.raises(s, bit) {
			s.at.Lose("with these rules, the practice %s can increase the risk, although adopting it increases the score", id)
		}
	}
}

func (t *trials) name(selection int) string {
	var ids []string
	for bit, id := range t.used {
		if selection>>bit&1 == 1 {
			ids = append(ids, id)
		}
	}
	if len(ids) == 0 {
		return "the case that nothing is selected"
	}
	return "the selection of " + strings.Join(ids, ", ")
}

var ranks = map[assessment.Level]int{assessment.None: 0, assessment.Medium: 1, assessment.High: 2}

// pairs calls yield with the risks of each selection without a practice and of the same with it, where rules cover both.
func (t *trials) pairs(s ruleSet, bit int, yield func(without, with assessment.Level)) {
	for selection, first := range t.first {
		if with := t.first[selection|1<<bit]; selection>>bit&1 == 0 && first >= 0 && with >= 0 {
			yield(s.rules[first].Risk, s.rules[with].Risk)
		}
	}
}

// raises reports whether a practice makes the risk of some selection worse.
func (t *trials) raises(s ruleSet, bit int) bool {
	worse := false
	t.pairs(s, bit, func(without, with assessment.Level) { worse = worse || ranks[with] > ranks[without] })
	return worse
}

// decides returns the mildest risk that a practice takes away from some selection, low where there is none.
func (t *trials) decides(s ruleSet, bit int) assessment.Level {
	mildest := assessment.Low
	t.pairs(s, bit, func(without, with assessment.Level) {
		if ranks[with] < ranks[without] && (mildest == assessment.Low || ranks[without] < ranks[mildest]) {
			mildest = without
		}
	})
	return mildest
}
