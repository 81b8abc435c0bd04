package page

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"os"
	"syscall"

	"plumbline/assessment"
)

// spooled is how many bytes of a document stay in memory until somebody has read it.
const spooled = 1 << 20

// spool holds a document while it is written and then read: a large one in a file that only this process can open.
type spool struct {
	memory bytes.Buffer
	file   *os.File // nil for a small one
	hash   hash.Hash
}

func (s *spool) Write(p []byte) (int, error) {
	if s.hash == nil {
		s.hash = sha256.New()
	}
	s.hash.Write(p)
	if s.file == nil && s.memory.Len()+len(p) <= spooled {
		return s.memory.Write(p)
	}
	if s.file == nil {
		if err := s.toFile(); err != nil {
			return 0, err
		}
	}
	n, err := s.file.Write(p)
	return n, notHeld(err)
}

// toFile moves what is in memory to a file that is gone when it is closed, however the process ends.
func (s *spool) toFile() (err error) {
	if s.file, err = os.CreateTemp("", "plumbline-*"); err != nil {
		return notHeld(err)
	}
	if err := os.Remove(s.file.Name()); err != nil {
		return notHeld(err)
	}
	if _, err = s.memory.WriteTo(s.file); err != nil {
		return notHeld(err)
	}
	s.memory = bytes.Buffer{}
	return nil
}

// notHeld says what keeps a document from its file: NoSpace where the folder of temporary files is full.
func notHeld(err error) error {
	if errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT) {
		return assessment.Errorf(assessment.NoSpace, "The server's disk for temporary files is full, so this file could not be created. "+
			"Tell your administrator, or request a smaller file, then try again")
	}
	if err != nil {
		return fmt.Errorf("hold the document: %w", err)
	}
	return nil
}

// read returns what was written, and its SHA-256 (hex).
func (s *spool) read() (io.ReadSeeker, string, error) {
	if s.hash == nil {
		s.hash = sha256.New()
	}
	sum := hex.EncodeToString(s.hash.Sum(nil))
	if s.file == nil {
		return bytes.NewReader(s.memory.Bytes()), sum, nil
	}
	if _, err := s.file.Seek(0, io.SeekStart); err != nil {
		return nil, "", fmt.Errorf("read the document: %w", err)
	}
	return s.file, sum, nil
}

func (s *spool) close() {
	if s.file != nil {
		_ = s.file.Close()
	}
}
