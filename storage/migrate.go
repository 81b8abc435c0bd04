package storage

import (
	"context"
	"database/sql"
	"embed"
	"fmt"
	"io/fs"

	"github.com/pressly/goose/v3"
)

//go:embed migrations/*.sql
var embedded embed.FS

// schema is the way from any older form of the database to the one that this program knows.
type schema struct {
	steps  fs.FS
	newest int64 // version that the last step leads to
}

func newSchema(steps fs.FS) (schema, error) {
	if steps == nil {
		sub, err := fs.Sub(embedded, "migrations")
		if err != nil {
			return schema{}, err
		}
		steps = sub
	}
	names, err := fs.Glob(steps, "*.sql")
	if err != nil {
		return schema{}, err
	}
	s := schema{steps: steps}
	for _, name := range names {
		version, err := goose.NumericComponent(name)
		if err != nil {
			return schema{}, fmt.Errorf("migration %s: %w", name, err)
		}
		s.newest = max(s.newest, version)
	}
	return s, nil
}

// upgrade runs the steps that are missing, each in one transaction with the note that it was run: a crash leaves the
// schema before or after a step.
func (s schema) upgrade(ctx context.Context, db *sql.DB) error {
	provider, err := goose.NewProvider(gooseDialect, db, s.steps, goose.WithDisableGlobalRegistry(true))
	if err != nil {
		return fmt.Errorf("read the migrations: %w", err)
	}
	if _, err := provider.Up(ctx); err != nil {
		return fmt.Errorf("upgrade the database: %w", err)
	}
	return nil
}

// chainOld makes a chain of an audit log that is none yet.
func (s schema) chainOld(ctx context.Context, db *sql.DB) error {
	if s.newest < chainedSince {
		return nil
	}
	if err := chainOld(ctx, db); err != nil {
		return fmt.Errorf("chain the audit log: %w", err)
	}
	return nil
}

// version returns the number of the last step that was run on a database, 0 for a new one.
func version(ctx context.Context, db *sql.DB) (int64, error) {
	kept, err := hasVersion(ctx, db)
	if err != nil || !kept {
		return 0, err
	}
	var last sql.NullInt64
	err = db.QueryRowContext(ctx, "SELECT max(version_id) FROM goose_db_version WHERE is_applied").Scan(&last)
	return last.Int64, err
}
