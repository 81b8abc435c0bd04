package shipping

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"
)

// Position is how far a log was sent to a target.
type Position struct {
	Sequence int64     `json:"sequence"`          // of the last entry that was sent; 0 for none
	Hash     string    `json:"hash"`              // of that entry
	Failing  string    `json:"failing,omitempty"` // why nothing can be sent; empty where it works
	Since    time.Time `json:"since,omitzero"`    // when that began
}

func positionFile(folder, target string) string {
	return filepath.Join(folder, "audit-sent-to-"+target+".json")
}

// ReadPosition returns how far the log of a data folder was sent, the zero position where nothing was.
func ReadPosition(folder, target string) (Position, error) {
	var p Position
	name := positionFile(folder, target)
	text, err := os.ReadFile(name)
	if errors.Is(err, fs.ErrNotExist) {
		return p, nil
	}
	if err == nil {
		err = json.Unmarshal(text, &p)
	}
	if err != nil {
		return p, fmt.Errorf("read the sending position of the audit log from %s: %w", name, err)
	}
	return p, nil
}

// write replaces the file as a whole, so that no half of it is ever read.
func (p Position) write(folder, target string) error {
	text, err := json.Marshal(p)
	if err != nil {
		return err
	}
	name := positionFile(folder, target)
	draft := name + ".new"
	if err := os.WriteFile(draft, append(text, '\n'), 0o600); err != nil {
		return err
	}
	return os.Rename(draft, name)
}
