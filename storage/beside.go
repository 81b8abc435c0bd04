package storage

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"syscall"

	"plumbline/assessment"
	"plumbline/storage/folder"
)

// OpenBeside opens the database of a data folder that a server may have open too, without its lock: for short work of
// operators on accounts, memberships, links and sessions, which the server reads anew each time. Nothing else may be
// changed by it: the server remembers assessments, and would go on with what it read. It does not upgrade the schema: a
// folder without a database is NotFound, and one of an older schema is refused.
func OpenBeside(ctx context.Context, o Options) (*Store, error) {
	o, err := o.withDefaults()
	if err != nil {
		return nil, err
	}
	if err := refuseElsewhere(o.Folder); err != nil {
		return nil, err
	}
	file, err := existing(ctx, o)
	if err != nil {
		return nil, err
	}
	return newStore(o, file, file.writer(), nil), nil
}

// existing returns the database of a data folder where it is sound and of the schema that this program knows.
func existing(ctx context.Context, o Options) (sqliteFile, error) {
	file := sqliteFile{path: filepath.Join(o.Folder, fileName), busy: o.busy}
	if err := missing(o.Folder, file.path); err != nil {
		return file, err
	}
	steps, err := newSchema(o.migrations)
	if err != nil {
		return file, err
	}
	if err := file.inspect(ctx, steps); err != nil {
		return file, refuse(file.path, err)
	}
	db := file.readers(1)
	defer db.Close()
	got, err := version(ctx, db)
	if err != nil {
		return file, translate(err)
	}
	if got < steps.newest {
		return file, assessment.Errorf(assessment.Conflict, "%s has an older schema: start the server once to upgrade it", file.path)
	}
	return file, nil
}

// missing returns NotFound, with what to do, where there is no database.
func missing(folder, database string) error {
	const advice = "Set the server's data folder with --data, or start the server once"
	info, err := os.Stat(folder)
	if errors.Is(err, fs.ErrNotExist) {
		return assessment.Errorf(assessment.NotFound, "The folder %s does not exist. %s", folder, advice)
	}
	if err == nil && !info.IsDir() {
		return assessment.Errorf(assessment.NotFound, "%s is a file, not a folder. %s", folder, advice)
	}
	if _, err := os.Stat(database); errors.Is(err, fs.ErrNotExist) {
		return assessment.Errorf(assessment.NotFound, "%s contains no database. %s", folder, advice)
	}
	return nil
}

// refuseElsewhere returns a Conflict where a server on another machine has a folder open.
func refuseElsewhere(path string) error {
	kind, err := folder.NetworkDisk(path)
	if err != nil || kind == "" {
		return nil // there may be no folder, which is said later
	}
	process, err := folder.Holder(path)
	if err != nil {
		return err
	}
	if servedElsewhere(kind, process) {
		return assessment.Errorf(assessment.Conflict, "A server on another machine uses %s. The folder is on a network file system (%s), "+
			"where two machines can damage the database. Run this command on that machine", path, kind)
	}
	return nil
}

// servedElsewhere reports whether the process that has a folder open runs on another machine: on a network file system, its
// number is of no process here. On a local disk it may be in a container.
func servedElsewhere(networkDisk, process string) bool {
	id, err := strconv.Atoi(process)
	return networkDisk != "" && err == nil && errors.Is(syscall.Kill(id, 0), syscall.ESRCH)
}
