// Package folder holds a data folder for the one process that serves it, and says what disk the folder is on. It knows
// nothing of what is in the folder but the lock.
package folder

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

// LockName is the file in a data folder that says who holds it.
const LockName = "plumbline.lock"

// Lock is held by the one process that serves a data folder. The system drops it when the process ends in
// whatever way. The folder itself is locked, which nobody can remove from under a server as they can a file; the file
// says who holds it, and is locked too because earlier releases look at nothing else.
type Lock struct{ folder, file *os.File }

// Take takes the lock of a data folder. Its error names the process that holds it.
func Take(name string) (_ *Lock, err error) {
	l := new(Lock)
	defer func() {
		if err != nil {
			err = errors.Join(err, l.Release())
		}
	}()
	if l.folder, err = os.Open(name); err != nil {
		return nil, fmt.Errorf("open the data folder: %w", err)
	}
	if err := takeLock(l.folder, syscall.LOCK_EX); err != nil && !cannotLockFolders(err) {
		return nil, inUse(name, err)
	}
	if l.file, err = os.OpenFile(filepath.Join(name, LockName), os.O_CREATE|os.O_RDWR, 0o600); err != nil {
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

// KeepAway keeps servers away from a data folder until release is called. The error says who holds the folder.
func KeepAway(name string) (release func() error, err error) {
	folder, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	if err := takeLock(folder, syscall.LOCK_SH); err != nil && !cannotLockFolders(err) {
		return nil, errors.Join(inUse(name, err), folder.Close())
	}
	return folder.Close, nil
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
	return fmt.Errorf("the data folder %s is in use by process %s; stop it first, or set another folder", folder, signature(folder))
}

// Holder returns the process that has a folder open, empty where none has.
func Holder(folder string) (string, error) {
	for _, name := range []string{folder, filepath.Join(folder, LockName)} {
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
	text, err := os.ReadFile(filepath.Join(folder, LockName))
	if err != nil {
		text = nil
	}
	return cmp.Or(strings.TrimSpace(string(text[:min(len(text), 32)])), "unknown (its "+LockName+" is gone)")
}

func (l *Lock) sign() error {
	if err := l.file.Truncate(0); err != nil {
		return err
	}
	_, err := l.file.WriteAt(fmt.Appendf(nil, "%d\n", os.Getpid()), 0)
	return err
}

// Release gives the folder back. Where no lock was taken there is nothing to give.
func (l *Lock) Release() error {
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
