package storage

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"syscall"
)

const lockName = "plumbline.lock"

// folderLock is held by the one process that serves a data folder. The system drops it when the process ends in
// whatever way, so a file that is left behind locks nobody out.
type folderLock struct{ file *os.File }

// lockFolder takes the lock. Its error names the process that holds it.
func lockFolder(folder string) (*folderLock, error) {
	file, err := os.OpenFile(filepath.Join(folder, lockName), os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, fmt.Errorf("open the lock file: %w", err)
	}
	if err := syscall.Flock(int(file.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		defer file.Close()
		if !errors.Is(err, syscall.EWOULDBLOCK) {
			return nil, fmt.Errorf("lock the data folder: %w", err)
		}
		holder, _ := io.ReadAll(io.LimitReader(file, 32))
		return nil, fmt.Errorf("the data folder %s is in use by process %s; stop it first, or name another folder",
			folder, strings.TrimSpace(string(holder)))
	}
	lock := &folderLock{file: file}
	if err := lock.sign(); err != nil {
		return nil, errors.Join(fmt.Errorf("sign the lock file: %w", err), lock.release())
	}
	return lock, nil
}

func (l *folderLock) sign() error {
	if err := l.file.Truncate(0); err != nil {
		return err
	}
	_, err := l.file.WriteAt(fmt.Appendf(nil, "%d\n", os.Getpid()), 0)
	return err
}

// release gives the folder back. Where no lock was taken there is nothing to give.
func (l *folderLock) release() error {
	if l == nil {
		return nil
	}
	return l.file.Close()
}
