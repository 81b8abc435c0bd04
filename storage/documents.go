package storage

import (
	"context"
	"fmt"
	"io"
)

// pieceSize is how many bytes of a stored document are in memory at once.
const pieceSize = 1 << 20

// documentIn returns a document of a size. A slow reader holds neither the whole of it nor a connection. The query gives
// so many bytes ($2) from a position ($1, which counts from 1) of the document with an id ($3).
func (s *Store) documentIn(ctx context.Context, query, id string, size int64) *io.SectionReader {
	pieces := &documentPieces{ctx: ctx, query: query, id: id, from: s.readers}
	return io.NewSectionReader(pieces, 0, size)
}

// documentPieces remembers the piece that was read last.
type documentPieces struct {
	ctx       context.Context
	query, id string
	from      queryer
	piece     []byte
	start     int64 // of the piece in the document
}

// ReadAt fills into from as many pieces as that takes. It is not for several goroutines.
func (d *documentPieces) ReadAt(into []byte, at int64) (n int, err error) {
	for n < len(into) {
		if at < d.start || at >= d.start+int64(len(d.piece)) {
			if err := d.read(at - at%pieceSize); err != nil {
				return n, err
			}
		}
		rest := d.piece[min(at-d.start, int64(len(d.piece))):]
		if len(rest) == 0 {
			return n, io.ErrUnexpectedEOF
		}
		copied := copy(into[n:], rest)
		n, at = n+copied, at+int64(copied)
	}
	return n, nil
}

func (d *documentPieces) read(start int64) error {
	d.start, d.piece = start, nil
	if err := d.from.QueryRowContext(d.ctx, d.query, start+1, pieceSize, d.id).Scan(&d.piece); err != nil {
		return translate(fmt.Errorf("read document: %w", err))
	}
	return nil
}
