package page

import (
	"fmt"
	"slices"

	"plumbline/assessment"
)

// maxTagsShown is how many tags stand under the name of a workload.
const maxTagsShown = 3

// AboutWorkload is what stands under the name of a workload.
func AboutWorkload(w assessment.Workload) []string {
	tags := w.Tags[:min(len(w.Tags), maxTagsShown)]
	about := slices.Concat([]string{w.Owner, w.Environment}, tags)
	if more := len(w.Tags) - len(tags); more > 0 {
		about = append(about, fmt.Sprintf("%d more", more))
	}
	return slices.DeleteFunc(about, func(s string) bool { return s == "" })
}
