package main

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"net"
	"strconv"
)

// client is one keep-alive connection. It sends prepared requests and parses only as much of an answer as it needs to
// find the end: on a machine with two processors, any more work would be part of the measurement.
type client struct {
	conn   net.Conn
	reader *bufio.Reader
}

func dial(ctx context.Context, address string) (*client, error) {
	conn, err := new(net.Dialer).DialContext(ctx, "tcp", address)
	if err != nil {
		return nil, err
	}
	return &client{conn: conn, reader: bufio.NewReaderSize(conn, 64<<10)}, nil
}

// get is the text of a request for a page.
func get(path, cookie string) []byte {
	return []byte("GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nUser-Agent: bench\r\nAccept: text/html\r\nCookie: " + cookie + "\r\n\r\n")
}

// post is the text of a request that saves a form as the pages' script does.
func post(path, cookie, form string) []byte {
	return []byte("POST " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nUser-Agent: bench\r\nHX-Request: true\r\nSec-Fetch-Site: same-origin\r\n" +
		"Cookie: " + cookie + "\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: " + strconv.Itoa(len(form)) + "\r\n\r\n" + form)
}

// do sends a request and reads over the answer. An answer other than 200 is an error.
func (c *client) do(request []byte) error {
	if _, err := c.conn.Write(request); err != nil {
		return err
	}
	status, err := c.line()
	if err != nil {
		return err
	}
	if !bytes.HasPrefix(status, []byte("HTTP/1.1 200 ")) {
		return fmt.Errorf("the server answers: %s", status)
	}
	length := int64(-1)
	for {
		line, err := c.line()
		if err != nil {
			return err
		}
		if len(line) == 0 {
			break
		}
		if value, ok := bytes.CutPrefix(line, []byte("Content-Length: ")); ok {
			if length, err = strconv.ParseInt(string(value), 10, 64); err != nil {
				return err
			}
		}
	}
	if length >= 0 {
		return c.skip(length)
	}
	return c.skipChunks()
}

func (c *client) skipChunks() error {
	for {
		line, err := c.line()
		if err != nil {
			return err
		}
		size, err := strconv.ParseInt(string(line), 16, 64)
		if err != nil {
			return err
		}
		if err := c.skip(size); err != nil {
			return err
		}
		if _, err := c.line(); err != nil {
			return err
		}
		if size == 0 {
			return nil
		}
	}
}

func (c *client) skip(size int64) error {
	_, err := c.reader.Discard(int(size))
	return err
}

func (c *client) line() ([]byte, error) {
	line, err := c.reader.ReadSlice('\n')
	return bytes.TrimRight(line, "\r\n"), err
}
