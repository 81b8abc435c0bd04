package storage

import (
	"fmt"
	"syscall"
)

// FreeSpace returns how many bytes a folder's disk still has for a process without special rights.
func FreeSpace(folder string) (int64, error) {
	var disk syscall.Statfs_t
	if err := syscall.Statfs(folder, &disk); err != nil {
		return 0, fmt.Errorf("ask for the free space of %s: %w", folder, err)
	}
	return int64(disk.Bavail) * int64(disk.Bsize), nil
}
