package audit

import (
	"plumbline/assessment/words"
	"plumbline/templates"
)

// AuditKinds is the list to filter an audit log by; that of a team is shorter.
func AuditKinds(team bool, chosen string) templates.FilterChoice {
	choice := templates.FilterChoice{Name: ParamKind, Label: "Kind", All: "All kinds"}
	for _, kind := range words.ActionKinds() {
		if kind.Team || !team {
			choice.Options = append(choice.Options, templates.Option{Value: kind.ID, Title: kind.Title, Chosen: kind.ID == chosen})
		}
	}
	return choice
}
