package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"time"

	"plumbline/cmd/internal/lab"
)

// holdLock takes the write lock of the database away from a running server.
func holdLock(ctx context.Context, t *trial, s *lab.Server) (_ finding, err error) {
	db, err := database(s.Folder)
	if err != nil {
		return finding{}, err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	lock, err := db.BeginTx(ctx, nil)
	if err != nil {
		return finding{}, err
	}
	w := t.typist(s)
	start := time.Now()
	kept, err := w.savePlainly(ctx)
	if err != nil {
		return finding{}, errors.Join(err, lock.Rollback())
	}
	took := time.Since(start)
	looking := t.look(ctx, s)
	if err := errors.Join(looking, lock.Rollback()); err != nil {
		return finding{}, err
	}
	again, err := kept.sendAgain(ctx, w)
	if err != nil {
		return finding{}, err
	}
	figure := fmt.Sprintf("%d after %s with what was typed, pages 200; sent again: %d", kept.status, seconds(took), again)
	onTime := took > 4*time.Second && took < 7*time.Second
	return finding{figure: figure, met: kept.status == http.StatusServiceUnavailable && onTime && again == http.StatusSeeOther}, nil
}
