package main

import (
	"fmt"
	"io"
	"os"
	"path/filepath"

	"plumbline/content"
)

// maxSnapshot is the largest snapshot that is read, in bytes.
const maxSnapshot = 64 << 20

// open returns the file, or standard input for "-".
func (s streams) open(name string) (io.ReadCloser, error) {
	if name == "-" {
		return io.NopCloser(s.in), nil
	}
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	info, err := f.Stat()
	if err != nil || info.IsDir() {
		f.Close()
		return nil, fmt.Errorf("%s is a folder; expected a file", name)
	}
	return f, nil
}

// read returns what the file holds, or standard input for "-", and a TooLarge error above limit bytes.
func (s streams) read(name string, limit int64) ([]byte, error) {
	f, err := s.open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, limit+1))
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", name, err)
	}
	if int64(len(data)) > limit {
		return nil, content.TooLarge(name, limit)
	}
	return data, nil
}

// replaceFile writes a file all at once: a reader sees either the old or the new content, and a failure leaves the old
// file unchanged.
func replaceFile(name string, mode os.FileMode, write func(io.Writer) error) (err error) {
	f, err := os.CreateTemp(filepath.Dir(name), "."+filepath.Base(name)+".*")
	if err != nil {
		return fmt.Errorf("write %s: %s", name, reason(err))
	}
	defer func() {
		if err != nil {
			f.Close()
			os.Remove(f.Name())
		}
	}()
	for _, step := range []func() error{
		func() error { return write(f) },
		func() error { return f.Chmod(mode) },
		f.Sync,
		f.Close,
	} {
		if err := step(); err != nil {
			return err
		}
	}
	return os.Rename(f.Name(), name)
}
