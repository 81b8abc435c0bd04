package main

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"
	"syscall"
)

// unmapStart takes what the start alone needed of the program's file and its libraries out of the memory of the process.
// A start visits every package once, and the kernel maps what lies around each page, which together is most of the file.
// The pages stay in the system's cache of files: one that is used again is mapped again within microseconds, and the
// others are the first that the system gives to somebody else when memory is short.
func unmapStart() error {
	file, err := os.Open("/proc/self/smaps")
	if err != nil {
		return fmt.Errorf("read what is mapped: %w", err)
	}
	defer file.Close()
	all, err := unchangedParts(file)
	if err != nil {
		return fmt.Errorf("read what is mapped: %w", err)
	}
	for _, part := range all {
		if _, _, failed := syscall.Syscall(syscall.SYS_MADVISE, part.from, part.to-part.from, syscall.MADV_DONTNEED); failed != 0 {
			return fmt.Errorf("unmap what the start needed: %w", failed)
		}
	}
	return nil
}

// addresses is a part of the memory of the process.
type addresses struct{ from, to uintptr }

// unchangedParts returns the parts of a process that are as they are in a file and stay so: mapped without the right to
// write, and without a page, in memory or swapped out, that was written before that right was taken away.
func unchangedParts(smaps io.Reader) ([]addresses, error) {
	var all []addresses
	var part addresses
	fixed := false
	lines := bufio.NewScanner(smaps)
	for lines.Scan() {
		fields := strings.Fields(lines.Text())
		switch {
		case len(fields) > 1 && fields[0] == "Anonymous:":
			fixed = fixed && fields[1] == "0"
		case len(fields) > 1 && fields[0] == "Swap:": // comes after Anonymous
			if fixed && fields[1] == "0" {
				all = append(all, part)
			}
		case len(fields) > 4 && !strings.HasSuffix(fields[0], ":"):
			var err error
			if part, err = readAddresses(fields[0]); err != nil {
				return nil, err
			}
			fixed = len(fields) > 5 && strings.HasPrefix(fields[5], "/") && (fields[1] == "r--p" || fields[1] == "r-xp")
		}
	}
	return all, lines.Err()
}

func readAddresses(text string) (addresses, error) {
	before, after, _ := strings.Cut(text, "-")
	from, err := strconv.ParseUint(before, 16, strconv.IntSize)
	if err != nil {
		return addresses{}, err
	}
	to, err := strconv.ParseUint(after, 16, strconv.IntSize)
	return addresses{uintptr(from), uintptr(to)}, err
}
