// Package lab is what cmd/bench and cmd/faults work with: folders that are thrown away, an example whose people are
// signed in, the built program while it serves, and visitors who ask it for pages.
package lab

import (
	"fmt"
	"os"
)

// NewFolder makes a folder inside parent, which is made where it is missing. Its name begins with the prefix.
func NewFolder(parent, prefix string) (string, error) {
	if err := os.MkdirAll(parent, 0o755); err != nil {
		return "", fmt.Errorf("make the folder: %w", err)
	}
	folder, err := os.MkdirTemp(parent, prefix)
	if err != nil {
		return "", fmt.Errorf("make a folder for databases: %w", err)
	}
	return folder, nil
}
