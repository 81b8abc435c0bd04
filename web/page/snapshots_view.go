package page

import (
	"fmt"

	"plumbline/assessment"
)

// ChainOf says whether each snapshot names the hash of the one before; the list has the newest first. Empty for fewer
// than two.
func ChainOf(list []assessment.SnapshotInfo) (says string, broken bool) {
	if len(list) < 2 {
		return "", false
	}
	for i := range list[:len(list)-1] {
		later, earlier := &list[i], &list[i+1]
		if later.Previous != earlier.SHA256 || later.Sequence != earlier.Sequence+1 {
			return fmt.Sprintf("The chain is broken: “%s” does not name the hash of “%s”. One of them was changed or removed outside Plumbline.",
				later.Title, earlier.Title), true
		}
	}
	if last := &list[len(list)-1]; last.Previous != "" || last.Sequence != 1 {
		return fmt.Sprintf("The chain is broken: “%s” is not the first snapshot, and the one before it is missing.", last.Title), true
	}
	return "Chain verified", false
}
