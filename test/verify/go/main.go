// Checks an export of the access log with Go's own libraries for transparency logs, which share no code with ours:
// the checkpoint's signature (sumdb/note), every hash tile against the signed root, and every leaf against the tiles (sumdb/tlog).
package main

import (
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "expected one argument: the folder of an export in format tiles")
		os.Exit(2)
	}
	size, err := check(os.Args[1])
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	fmt.Printf("%d leaves hold\n", size)
}

func check(dir string) (int64, error) {
	tree, err := readCheckpoint(dir)
	if err != nil {
		return 0, err
	}
	hashes := tlog.TileHashReader(tree, tiles{dir})
	minimum, err := readMinimum(dir)
	if err != nil {
		return 0, err
	}
	// Of leaves past retention the hashes are there. Each is held against the root by its own proof: TileHashReader alone takes a tile
	// unchecked where fewer tiles than subtrees make up the root (seen in the golang.org/x/mod of Debian 12).
	for index := int64(0); index < minimum; index++ {
		hash, err := hashes.ReadHashes([]int64{tlog.StoredHashIndex(0, index)})
		if err != nil {
			return 0, fmt.Errorf("hash of leaf %d: %v", index, err)
		}
		if err := proves(tree, hashes, index, hash[0]); err != nil {
			return 0, err
		}
	}
	for first := minimum; first < tree.N; first += 256 {
		width := tree.N - first
		if width > 256 {
			width = 256
		}
		bundle, err := os.ReadFile(filepath.Join(dir, pathOf(tlog.Tile{H: 8, L: -1, N: first / 256, W: int(width)})))
		if err != nil {
			return 0, err
		}
		for index := first; index < first+width; index++ {
			if len(bundle) < 2 || len(bundle) < 2+int(binary.BigEndian.Uint16(bundle)) {
				return 0, fmt.Errorf("leaf %d is cut short", index)
			}
			length := int(binary.BigEndian.Uint16(bundle))
			leaf := bundle[2 : 2+length]
			bundle = bundle[2+length:]
			if err := proves(tree, hashes, index, tlog.RecordHash(leaf)); err != nil {
				return 0, err
			}
		}
	}
	return tree.N, nil
}

// proves holds the hash of a leaf against the root.
func proves(tree tlog.Tree, hashes tlog.HashReader, index int64, hash tlog.Hash) error {
	proof, err := tlog.ProveRecord(tree.N, index, hashes)
	if err == nil {
		err = tlog.CheckRecord(proof, tree.N, tree.Hash, index, hash)
	}
	if err != nil {
		return fmt.Errorf("leaf %d: %v", index, err)
	}
	return nil
}

// readMinimum tells from which leaf on the export holds leaves; of those below it holds the hashes.
func readMinimum(dir string) (int64, error) {
	text, err := os.ReadFile(filepath.Join(dir, "export.json"))
	if err != nil {
		return 0, err
	}
	var state struct{ Minimum int64 }
	err = json.Unmarshal(text, &state)
	return state.Minimum, err
}

func readCheckpoint(dir string) (tlog.Tree, error) {
	key, err := os.ReadFile(filepath.Join(dir, "log-key"))
	if err != nil {
		return tlog.Tree{}, err
	}
	verifier, err := note.NewVerifier(strings.TrimSpace(string(key)))
	if err != nil {
		return tlog.Tree{}, err
	}
	signed, err := os.ReadFile(filepath.Join(dir, "checkpoint"))
	if err != nil {
		return tlog.Tree{}, err
	}
	opened, err := note.Open(signed, note.VerifierList(verifier))
	if err != nil {
		return tlog.Tree{}, err
	}
	lines := strings.Split(opened.Text, "\n")
	size, err := strconv.ParseInt(lines[1], 10, 64)
	if err != nil {
		return tlog.Tree{}, err
	}
	root, err := base64.StdEncoding.DecodeString(lines[2])
	if err != nil || len(root) != tlog.HashSize || lines[0] != verifier.Name() {
		return tlog.Tree{}, fmt.Errorf("the checkpoint is none of %s", verifier.Name())
	}
	tree := tlog.Tree{N: size}
	copy(tree.Hash[:], root)
	return tree, nil
}

// tiles reads the hash tiles of the export; tlog checks each against the root before it uses it.
type tiles struct{ dir string }

func (t tiles) Height() int                         { return 8 }
func (t tiles) SaveTiles(_ []tlog.Tile, _ [][]byte) {}
func (t tiles) ReadTiles(wanted []tlog.Tile) ([][]byte, error) {
	data := make([][]byte, len(wanted))
	for i, tile := range wanted {
		bytes, err := os.ReadFile(filepath.Join(t.dir, pathOf(tile)))
		if err != nil {
			return nil, err
		}
		data[i] = bytes
	}
	return data, nil
}

// pathOf is Go's own path of a tile without the height, which C2SP tlog-tiles fixes at 8; leaves stand under "entries".
func pathOf(tile tlog.Tile) string {
	path := strings.Replace(tile.Path(), "tile/8/", "tile/", 1)
	return strings.Replace(path, "tile/data/", "tile/entries/", 1)
}
