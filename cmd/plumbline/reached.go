package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"
)

// reachedFile notes in the data folder which settings requests spoke of that the server was not given, with the first
// time: doctor tells of them.
const reachedFile = "missing-settings.json"

// readReached returns when requests first spoke of each setting.
func readReached(folder string) (map[string]time.Time, error) {
	text, err := os.ReadFile(filepath.Join(folder, reachedFile))
	if errors.Is(err, fs.ErrNotExist) {
		return map[string]time.Time{}, nil
	}
	if err != nil {
		return nil, err
	}
	seen := map[string]time.Time{}
	if err := json.Unmarshal(text, &seen); err != nil {
		return nil, fmt.Errorf("read %s: %w", reachedFile, err)
	}
	return seen, nil
}

// remember notes a setting for doctor. Where that is not possible, the log has it all the same.
func (i *installation) remember(setting string) {
	seen, err := readReached(i.Data)
	if err != nil {
		seen = map[string]time.Time{}
	}
	if _, known := seen[setting]; known {
		return
	}
	seen[setting] = time.Now().UTC().Truncate(time.Second)
	text, err := json.Marshal(seen)
	if err == nil {
		err = os.WriteFile(filepath.Join(i.Data, reachedFile), append(text, '\n'), 0o600)
	}
	if err != nil {
		i.logger.Warn("the missing setting could not be recorded for doctor", "error", err)
	}
}

// checkReached tells of settings that requests spoke of.
func (c *doctorCommand) checkReached() finding {
	seen, err := readReached(c.Data)
	if err != nil {
		return warning("delete the file; the server creates it again", "%s", err)
	}
	if at, known := seen["--url"]; known && !c.secure() {
		return warning("set the address with --url https://…",
			"people have reached the server over HTTPS since %s, but it is not configured for it: cookies are not marked Secure, and links begin with http://", at.Format(time.DateOnly))
	}
	if at, known := seen["--trusted-proxy"]; known && len(c.Proxies) == 0 {
		return warning("set the address of the proxy with --trusted-proxy",
			"a proxy that is not configured has forwarded requests since %s: all people share one address", at.Format(time.DateOnly))
	}
	return fine("no request indicates a missing setting")
}
