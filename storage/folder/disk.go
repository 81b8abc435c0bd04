package folder

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

// NetworkDisk returns the kind of network file system that a folder is on, empty where it is on a local disk. SQLite
// shares memory between processes and relies on locks and on flushes, which these do not keep reliably.
func NetworkDisk(folder string) (string, error) {
	var disk syscall.Statfs_t
	if err := syscall.Statfs(folder, &disk); err != nil {
		return "", fmt.Errorf("file system of %s: %w", folder, err)
	}
	return networkKind(uint32(disk.Type)), nil
}

// networkKind names a file system by its number, see statfs(2).
func networkKind(number uint32) string {
	switch number {
	case 0x6969:
		return "NFS"
	case 0x517b, 0xff534d42, 0xfe534d42:
		return "SMB"
	case 0x01021997:
		return "9p"
	case 0x65735546:
		return "FUSE"
	case 0x00c36400:
		return "Ceph"
	case 0x5346414f, 0x6b414653:
		return "AFS"
	case 0x01161970:
		return "GFS2"
	case 0x0bd00bd0:
		return "Lustre"
	}
	return ""
}
