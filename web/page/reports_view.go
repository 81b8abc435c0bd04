package page

import (
	"net/http"

	"plumbline/assessment"
	"plumbline/assessment/words"
	"plumbline/templates"
)

func (k *Kit) SnapshotOptions(r *http.Request, list []assessment.SnapshotInfo, approvals map[string]assessment.Approval, selected string) []templates.SnapshotOption {
	options := make([]templates.SnapshotOption, len(list))
	for i, info := range list {
		options[i] = templates.SnapshotOption{ID: info.ID, Selected: info.ID == selected,
			Label: words.Cut(info.Title, 60) + ", " + words.Day(info.TakenAt.In(k.Zone(r)))}
		if _, ok := approvals[info.ID]; ok {
			options[i].Label = ApprovedLabel(options[i].Label)
		}
	}
	return options
}
