package assessment

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// Normal returns the answer as it is stored: texts trimmed, no reason unless the status is not_applicable, evidence
// without blank rows.
func (a Answer) Normal() Answer {
	a.Note = trimLines(a.Note)
	a.Reason = trimLines(a.Reason)
	if a.Status != NotApplicable {
		a.Reason = ""
	}
	var evidence []Link
	for _, link := range a.Evidence {
		link = Link{Title: strings.TrimSpace(link.Title), URL: strings.TrimSpace(link.URL)}
		if link != (Link{}) {
			evidence = append(evidence, link)
		}
	}
	a.Evidence = evidence
	return a
}

// Normal returns the item as it is stored: texts trimmed.
func (i PlanItem) Normal() PlanItem {
	i.Owner = strings.TrimSpace(i.Owner)
	i.URL = strings.TrimSpace(i.URL)
	return i
}

func trimLines(s string) string { return strings.TrimSpace(plainLines(s)) }

// plainLines ends lines as everything but a form does.
func plainLines(s string) string {
	return strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\r", "\n")
}

// CheckAnswer returns Errors on the fields status, reason, note and evidence. A reason is needed for not_applicable
// and ignored for any other status.
func CheckAnswer(a Answer) error {
	a = a.Normal()
	var c FieldErrors
	c.status(a.Status)
	if a.Status == NotApplicable {
		c.Add(Required("reason", "The reason", a.Reason))
	}
	c.text("reason", "The reason", a.Reason, MaxReason, true)
	c.text("note", "The note", a.Note, MaxText, true)
	if len(a.Evidence) > MaxEvidence {
		c.Add(InvalidField("evidence", fmt.Sprintf("%d links; at most %d are allowed", len(a.Evidence), MaxEvidence)))
	}
	for i, link := range a.Evidence {
		row := fmt.Sprintf(" of link %d", i+1)
		c.text("evidence", "The title"+row, link.Title, MaxShort, false)
		c.Add(Required("evidence", "The address"+row, link.URL))
		_, failure := CheckURL("evidence", "The address"+row, link.URL)
		c.Add(failure)
	}
	return c.Err()
}

func (c *FieldErrors) status(s Status) {
	if _, ok := parseStatus(string(s)); !ok {
		c.Add(InvalidField("status", fmt.Sprintf("expected adopted, partial, absent or not_applicable, found %q", s)))
	}
}

// checkStatus checks no more of an answer than what scores depend on.
func checkStatus(a Answer) error {
	var c FieldErrors
	c.status(a.Status)
	return c.Err()
}

// CheckAnswers returns Errors on everything that does not fit the questionnaire or breaks a rule; Field is
// "answers.<id>" or "priorities.<id>", in the order of ids.
func (m *Model) CheckAnswers(a Answers, p Priorities) error {
	return m.inputErrors(a, p, CheckAnswer).Err()
}

// inputErrors checks that practices and pillars exist, priorities are in range, and each answer passes check.
func (m *Model) inputErrors(a Answers, p Priorities, check func(Answer) error) Errors {
	var all Errors
	for _, id := range slices.Sorted(maps.Keys(a)) {
		field := "answers." + id
		if _, ok := m.practiceAt[id]; !ok {
			all = append(all, InvalidField(field, fmt.Sprintf("unknown practice %q", id)))
			continue
		}
		if errs, ok := check(a[id]).(Errors); ok {
			for _, one := range errs {
				all = append(all, InvalidField(field, one.Field+": "+one.Message))
			}
		}
	}
	for _, id := range slices.Sorted(maps.Keys(p)) {
		field := "priorities." + id
		if _, ok := m.pillarAt[id]; !ok {
			all = append(all, InvalidField(field, fmt.Sprintf("unknown pillar %q", id)))
			continue
		}
		if v := p[id]; !(v >= 0 && v <= MaxPriority) {
			all = append(all, InvalidField(field, fmt.Sprintf("expected a number from 0 to %d, found %g", MaxPriority, v)))
		}
	}
	return all
}

// CheckPlanItem returns Errors on the fields owner, due and url.
func CheckPlanItem(i PlanItem) error {
	i = i.Normal()
	var c FieldErrors
	c.text("owner", "The owner", i.Owner, MaxShort, false)
	c.date("due", "The due date", i.Due)
	_, failure := CheckURL("url", "The link", i.URL)
	c.Add(failure)
	return c.Err()
}

// CheckWorkload returns the workload with its texts trimmed and its tags without blanks and repetitions, or Errors on
// the fields name, description, owner, environment and tags.
func CheckWorkload(w Workload) (Workload, error) {
	var c FieldErrors
	w.Name = c.name("name", "The name", w.Name, MaxName)
	w.Description = c.text("description", "The description", w.Description, MaxText, true)
	w.Owner = c.text("owner", "The owner", w.Owner, MaxShort, false)
	w.Environment = c.text("environment", "The environment", w.Environment, MaxShort, false)
	var tags []string
	for _, tag := range w.Tags {
		tag = c.text("tags", "A tag", tag, maxTag, false)
		if tag != "" && !slices.ContainsFunc(tags, func(other string) bool { return Folded(other) == Folded(tag) }) {
			tags = append(tags, tag)
		}
	}
	w.Tags = tags
	if len(w.Tags) > maxTags {
		c.Add(InvalidField("tags", fmt.Sprintf("%d tags; at most %d are allowed", len(w.Tags), maxTags)))
	}
	return w, c.Err()
}
