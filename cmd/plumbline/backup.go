package main

import (
	"context"
	"fmt"

	"plumbline/storage"
)

// backupCommand copies the database while the server runs.
type backupCommand struct {
	configured
	File string `arg:"" help:"File to write; it must not exist yet." type:"path"`
	Data string `help:"Folder of the database." default:"data" env:"PLUMBLINE_DATA" type:"path"`
}

// Run writes the copy.
func (c *backupCommand) Run(ctx context.Context, std streams) error {
	if err := storage.BackupFolder(ctx, c.Data, c.File); err != nil {
		return err
	}
	_, err := fmt.Fprintf(std.out, "Backup created: %s\n", c.File)
	return err
}

// restoreCommand brings a copy back into an empty folder.
type restoreCommand struct {
	configured
	File string `arg:"" help:"File that plumbline backup created." type:"path"`
	Data string `help:"Empty folder to restore into." default:"data" env:"PLUMBLINE_DATA" type:"path"`
}

// Run restores the copy.
func (c *restoreCommand) Run(ctx context.Context, std streams) error {
	if err := storage.Restore(ctx, c.File, c.Data); err != nil {
		return err
	}
	_, err := fmt.Fprintf(std.out, "Restored %s into %s\n", c.File, c.Data)
	return err
}
