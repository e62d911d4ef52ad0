// Opens every checkpoint of a log with Go's own notes, and computes every root with Go's own tree:
// go run note.go <verifier key> <segment>...
package main

import (
	"bufio"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"log"
	"os"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

type hashes []tlog.Hash

func (all hashes) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	found := make([]tlog.Hash, len(indexes))
	for i, index := range indexes {
		found[i] = all[index]
	}
	return found, nil
}

func main() {
	log.SetFlags(0)
	verifier, err := note.NewVerifier(os.Args[1])
	check(err)
	var stored hashes
	var lines, checkpoints int64
	for _, name := range os.Args[2:] {
		file, err := os.Open(name)
		check(err)
		scanner := bufio.NewScanner(file)
		scanner.Buffer(nil, 1<<20)
		for scanner.Scan() {
			var record struct{ Kind, Note string }
			check(json.Unmarshal(scanner.Bytes(), &record))
			if record.Kind == "checkpoint" {
				open(record.Note, verifier, stored, lines)
				checkpoints++
			}
			more, err := tlog.StoredHashes(lines, scanner.Bytes(), stored)
			check(err)
			stored = append(stored, more...)
			lines++
		}
		check(scanner.Err())
		file.Close()
	}
	fmt.Printf("%d lines, %d checkpoints\n", lines, checkpoints)
}

func open(text string, verifier note.Verifier, stored hashes, lines int64) {
	opened, err := note.Open([]byte(text), note.VerifierList(verifier))
	check(err)
	parts := strings.Split(opened.Text, "\n")
	size, err := strconv.ParseInt(parts[1], 10, 64)
	check(err)
	root, err := tlog.TreeHash(lines, stored)
	check(err)
	if size != lines || base64.StdEncoding.EncodeToString(root[:]) != parts[2] {
		log.Fatalf("the checkpoint after %d lines is of another tree", lines)
	}
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}
