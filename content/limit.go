package content

import (
	"fmt"

	"plumbline/assessment"
)

// TooLarge returns the error about a file of more than limit bytes, of code TooLarge. name stands for the file.
func TooLarge(name string, limit int64) error {
	return assessment.Errorf(assessment.TooLarge, "%s is larger than %s", name, sizeText(limit))
}

// sizeText returns a number of bytes in the largest unit of which it is whole.
func sizeText(bytes int64) string {
	switch {
	case bytes >= 1<<20 && bytes%(1<<20) == 0:
		return fmt.Sprintf("%d MiB", bytes>>20)
	case bytes >= 1<<10 && bytes%(1<<10) == 0:
		return fmt.Sprintf("%d KiB", bytes>>10)
	}
	return fmt.Sprintf("%d bytes", bytes)
}
