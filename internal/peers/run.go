//go:build ignore

// Run compares lintel with the fixtures of other tools and writes docs/peers-fixtures.json. Its argument is a directory
// with a clone of each repository:
//
//	go run ./internal/peers/run.go DIR && go generate ./policies
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"strings"
	"time"

	"lintel/internal/generate"
	"lintel/internal/peers"
	"lintel/internal/policy"
	"lintel/policies"
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "peers:", err)
		os.Exit(1)
	}
}

func run(args []string) error {
	if len(args) != 1 {
		return fmt.Errorf("usage: go run ./internal/peers/run.go DIR")
	}
	set, err := policy.Load(policies.Compiled)
	if err != nil {
		return err
	}
	equivalent, err := generate.EquivalentRules(os.DirFS("."))
	if err != nil {
		return err
	}
	day := time.Now().UTC().Truncate(24 * time.Hour)
	comparison := generate.Comparison{Date: day.Format(time.DateOnly)}
	for _, peer := range peers.All() {
		checkout := os.DirFS(filepath.Join(args[0], peer.Dir()))
		cases, err := peer.Cases(checkout)
		if err != nil {
			return fmt.Errorf("%s: %w", peer.Tool, err)
		}
		result, err := peers.Compare(context.Background(), set, day, equivalent[peer.Tool], cases)
		if err != nil {
			return fmt.Errorf("%s: %w", peer.Tool, err)
		}
		result.Tool, result.Repository = peer.Tool, peer.Repository
		comparison.Peers = append(comparison.Peers, result)
	}
	translator, err := peers.CompareSAM(context.Background(), set, day, os.DirFS(filepath.Join(args[0], path.Base(peers.SAM))))
	if err != nil {
		return err
	}
	comparison.Peers = append(comparison.Peers, translator)
	for i := range comparison.Peers {
		if err := addVersion(&comparison.Peers[i], args[0]); err != nil {
			return err
		}
	}
	text, err := json.MarshalIndent(comparison, "", " ")
	if err != nil {
		return err
	}
	return os.WriteFile(generate.FixturesPath, append(text, '\n'), 0o644)
}

// addVersion adds the commit of the clone.
func addVersion(p *generate.PeerFixtures, dir string) error {
	dir = filepath.Join(dir, path.Base(p.Repository))
	version, err := exec.Command("git", "-C", dir, "log", "-1", "--format=%H %cs").Output()
	if err != nil {
		return fmt.Errorf("%s is not a clone of https://github.com/%s: %w", dir, p.Repository, err)
	}
	p.Commit, p.Date, _ = strings.Cut(strings.TrimSpace(string(version)), " ")
	return nil
}
