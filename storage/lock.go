package storage

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
)

const lockName = "plumbline.lock"

// folderLock is held by the one process that serves a data folder. The system drops it when the process ends in
// whatever way. The folder itself is locked, which nobody can remove from under a server as they can a file; the file
// says who holds it, and is locked too because earlier releases look at nothing else.
type folderLock struct{ folder, file *os.File }

// lockFolder takes the lock. Its error names the process that holds it.
func lockFolder(name string) (_ *folderLock, err error) {
	l := new(folderLock)
	defer func() {
		if err != nil {
			err = errors.Join(err, l.release())
		}
	}()
	if l.folder, err = os.Open(name); err != nil {
		return nil, fmt.Errorf("open the data folder: %w", err)
	}
	if err := takeLock(l.folder, syscall.LOCK_EX); err != nil && !cannotLockFolders(err) {
		return nil, inUse(name, err)
	}
	if l.file, err = os.OpenFile(filepath.Join(name, lockName), os.O_CREATE|os.O_RDWR, 0o600); err != nil {
		return nil, fmt.Errorf("open the lock file: %w", err)
	}
	if err := takeLock(l.file, syscall.LOCK_EX); err != nil {
		return nil, inUse(name, err)
	}
	if err := l.sign(); err != nil {
		return nil, fmt.Errorf("sign the lock file: %w", err)
	}
	return l, nil
}

// takeLock takes a lock at once, or fails with EWOULDBLOCK.
func takeLock(file *os.File, kind int) error {
	return syscall.Flock(int(file.Fd()), kind|syscall.LOCK_NB)
}

// cannotLockFolders reports whether a file system has no locks on folders, as some of the network have not.
func cannotLockFolders(err error) bool {
	return errors.Is(err, syscall.EBADF) || errors.Is(err, syscall.EINVAL) || errors.Is(err, syscall.ENOLCK) || errors.Is(err, syscall.ENOTSUP)
}

func inUse(folder string, err error) error {
	if !errors.Is(err, syscall.EWOULDBLOCK) {
		return fmt.Errorf("lock the data folder: %w", err)
	}
	return fmt.Errorf("the data folder %s is in use by process %s; stop it first, or name another folder", folder, signature(folder))
}

// holder returns the process that has a folder open, empty where none has.
func holder(folder string) (string, error) {
	for _, name := range []string{folder, filepath.Join(folder, lockName)} {
		file, err := os.Open(name)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return "", fmt.Errorf("open the lock: %w", err)
		}
		// A shared lock is refused while a server has its own; it ends with the file, at once.
		err = takeLock(file, syscall.LOCK_SH)
		if err := file.Close(); err != nil {
			return "", err
		}
		if errors.Is(err, syscall.EWOULDBLOCK) {
			return signature(folder), nil
		}
	}
	return "", nil
}

// signature returns who signed the lock file last.
func signature(folder string) string {
	text, err := os.ReadFile(filepath.Join(folder, lockName))
	if err != nil {
		text = nil
	}
	return cmp.Or(strings.TrimSpace(string(text[:min(len(text), 32)])), "unknown (its "+lockName+" is gone)")
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
	var errs []error
	for _, file := range []*os.File{l.file, l.folder} {
		if file != nil {
			errs = append(errs, file.Close())
		}
	}
	return errors.Join(errs...)
}
