package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"

	"plumbline/cmd/internal/lab"
)

// disk is a small file system that only one server sees: it is mounted in the namespace of the server's process and
// disappears with it.
type disk struct{ *lab.Server }

// seen returns the path of a file on the disk as other processes see it.
func (d *disk) seen(name string) string {
	return filepath.Join("/proc", strconv.Itoa(d.Process()), "root", d.Folder, name)
}

// inNamespace returns the command that gives a process mounts of its own. Users other than root need a user namespace.
func inNamespace() []string {
	if os.Getuid() == 0 {
		return []string{"unshare", "--mount"}
	}
	return []string{"unshare", "--user", "--map-root-user", "--mount"}
}

// startOnDisk serves a copy of the example on a disk; mount is the shell command that mounts it on "$1". errImpossible is
// in the chain of the error where this machine does not allow that.
func (t *trial) startOnDisk(ctx context.Context, mount string) (*disk, error) {
	made, err := os.MkdirTemp(t.root, "disk-")
	if err != nil {
		return nil, err
	}
	folder, err := filepath.Abs(made)
	if err != nil {
		return nil, err
	}
	tried := append(inNamespace(), "sh", "-c", mount, "sh", folder)
	if said, err := exec.CommandContext(ctx, tried[0], tried[1:]...).CombinedOutput(); err != nil {
		return nil, fmt.Errorf("%w: it takes the rights of root to mount a disk: %w: %.120s", errImpossible, err, said)
	}
	script := mount + ` && cp -r "$2"/. "$1" && exec "$3" serve --addr 127.0.0.1:0 --data "$1"`
	args := append(inNamespace(), "sh", "-c", script, "sh", folder, t.seed, t.Binary)
	s, err := lab.StartCommand(exec.CommandContext(ctx, args[0], args[1:]...), folder)
	if err != nil {
		return nil, err
	}
	return &disk{s}, nil
}

// remount changes how the disk is mounted.
func (d *disk) remount(ctx context.Context, option string) error {
	said, err := exec.CommandContext(ctx, "nsenter", "--target", strconv.Itoa(d.Process()), "--mount",
		"mount", "-o", "remount,"+option, d.Folder).CombinedOutput()
	if err != nil {
		return fmt.Errorf("%w: the disk cannot be remounted: %w: %s", errImpossible, err, said)
	}
	return nil
}
