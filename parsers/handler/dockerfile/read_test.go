package dockerfile_test

import (
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"lintel/parsers/handler/dockerfile"
)

// base is a registry with one image that is known.
func base(image string) (env map[string]string, directory string) {
	if image == "known" {
		return map[string]string{"ROOT": "/task"}, "/task"
	}
	return nil, ""
}

// TestRead checks the stages of Dockerfiles.
func TestRead(t *testing.T) {
	tests := map[string]struct {
		text string
		want dockerfile.Stage // the last one, without its private parts
	}{
		"continued lines, comments and cases": {
			"# escape=\\\nfrom known\n# comment\ncopy a \\\n  # comment\n  b \\\n  ./\n",
			dockerfile.Stage{Base: "known", Directory: "/task", Copies: []dockerfile.Copy{{From: -1, Source: "a", Target: "/task", Into: true}, {From: -1, Source: "b", Target: "/task", Into: true}}},
		},
		"another escape character": {
			"# escape=`\nFROM known\nCOPY a `\n b\n",
			dockerfile.Stage{Base: "known", Directory: "/task", Copies: []dockerfile.Copy{{From: -1, Source: "a", Target: "/task/b"}}},
		},
		"variables": {
			"ARG I=known\nARG X\nFROM $I\nARG D=sub\nARG X\nENV E=${D}/x F=\"a b\"\nENV G g h\nWORKDIR ${ROOT}/$D\nCOPY ${E} ${U:-/u}/${F:+f}\n",
			dockerfile.Stage{Base: "known", Directory: "/task/sub", Variables: []string{"E", "F", "G"}, Copies: []dockerfile.Copy{{From: -1, Source: "sub/x", Target: "/u/f"}}},
		},
		"an unknown variable": {
			"FROM known\nARG X\nCOPY a ${X}\nCOPY b ${ROOT%/}\n",
			dockerfile.Stage{Base: "known", Directory: "/task", IsPartly: true},
		},
		"a variable that is not set": {
			"FROM known:$V\nCOPY a $X\nCOPY b $X/c\n",
			dockerfile.Stage{Base: "known", Directory: "/task", Copies: []dockerfile.Copy{{From: -1, Source: "a", Target: "/task", Into: true}, {From: -1, Source: "b", Target: "/c"}}},
		},
		"an unknown image": {
			"FROM other\nCOPY a b\nCOPY a /b\n",
			dockerfile.Stage{Base: "other", IsPartly: true, Copies: []dockerfile.Copy{{From: -1, Source: "a", Target: "/b"}}},
		},
		"stages": {
			"FROM other AS One\nCOPY a /x\nENTRYPOINT [\"e\"]\nCMD [\"c\", \"d\"]\nFROM known\nCOPY --from=one /x y\nCOPY --from=0 x /z\nFROM one\nCMD go\n",
			dockerfile.Stage{
				Base: "other", Copies: []dockerfile.Copy{{From: -1, Source: "a", Target: "/x"}},
				Entry: dockerfile.Start{IsSet: true, Words: []string{"e"}}, Command: dockerfile.Start{IsSet: true, IsShell: true, Words: []string{"go"}},
			},
		},
		"files of a stage": {
			"FROM other AS one\nFROM known\nCOPY --from=one /x y\nCOPY --from=0 x /z\n",
			dockerfile.Stage{Base: "known", Directory: "/task", Copies: []dockerfile.Copy{{From: 0, Source: "/x", Target: "/task/y"}, {From: 0, Source: "/x", Target: "/z"}}},
		},
		"ENTRYPOINT drops the inherited CMD": {
			"FROM known AS one\nCMD [\"c\"]\nFROM one\nENTRYPOINT [\"e\"]\n",
			dockerfile.Stage{Base: "known", Directory: "/task", Entry: dockerfile.Start{IsSet: true, Words: []string{"e"}}},
		},
		"files from elsewhere": {
			"FROM known\nADD https://example.com/a /a\nADD b.tar.gz /b\nCOPY --from=tool /t /t\nCOPY <<EOF /c\nFROM x\nEOF\n",
			dockerfile.Stage{Base: "known", Directory: "/task", HasMore: true},
		},
		"commands": {
			"FROM known\nRUN --mount=type=cache,target=/c a && b\nRUN [\"c\", \"d\"]\nRUN <<EOF\nCMD [\"never\"]\nEOF\nUSER x\n",
			dockerfile.Stage{Base: "known", Directory: "/task", IsPartly: true, Commands: []dockerfile.Command{{Directory: "/task", Text: "a && b"}, {Directory: "/task", Text: "c d"}, {Directory: "/task", Text: "<<EOF"}}},
		},
		"a shift is no here-document": {
			"FROM known\nRUN echo $((1 << 2))\nCMD [\"a\"]\n",
			dockerfile.Stage{Base: "known", Directory: "/task", Commands: []dockerfile.Command{{Directory: "/task", Text: "echo $((1 << 2))"}}, Command: dockerfile.Start{IsSet: true, Words: []string{"a"}}},
		},
		"too long": {
			"FROM known\n" + strings.Repeat("USER x\n", 1000),
			dockerfile.Stage{Base: "known", Directory: "/task", IsPartly: true},
		},
		"too many copies": {
			"FROM known\nCOPY" + strings.Repeat(" a", 999) + " /\nCOPY a b /\n",
			dockerfile.Stage{Base: "known", Directory: "/task", IsPartly: true},
		},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			stages := dockerfile.Read(tt.text, nil, base)
			got := stages[len(stages)-1]
			if name == "too many copies" {
				got.Copies = nil
			}
			if diff := cmp.Diff(tt.want, got, cmp.FilterPath(func(p cmp.Path) bool {
				f, ok := p.Last().(cmp.StructField)
				return ok && strings.ToLower(f.Name()[:1]) == f.Name()[:1]
			}, cmp.Ignore())); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// TestPlaces checks from where a path in an image comes.
func TestPlaces(t *testing.T) {
	const text = "FROM known AS build\nCOPY src/ /app\nCOPY main.py /app/\nCOPY conf/*.ini /etc/\nFROM known\nCOPY --from=build /app /task\nCOPY --from=build /app/main.py /etc/a.ini /one/\nCOPY --from=build /app/lib/* /lib/\n"
	stages := dockerfile.Read(text, nil, base)
	places := dockerfile.Places(stages)
	tests := map[string][]string{
		"/task/main.py": {"src/main.py", "main.py"}, "/task/lib/a.py": {"src/lib/a.py", "main.py/lib/a.py"}, "/one/main.py": {"src/main.py/main.py", "main.py", "src/main.py"},
		"/one/a.ini": {"conf/a.ini"}, "/lib/x": {"src/lib/x"}, "/never": nil,
	}
	for name, want := range tests {
		var got []string
		for _, p := range places[1] {
			got = append(got, p.Sources(name)...)
		}
		for _, w := range want {
			if !strings.Contains(strings.Join(got, " ")+" ", w+" ") {
				t.Errorf("%s comes from %q, want %s", name, got, w)
			}
		}
		if want == nil && got != nil {
			t.Errorf("%s comes from %q", name, got)
		}
	}
}

// FuzzRead checks that every text is read within its limits and that indices exist.
func FuzzRead(f *testing.F) {
	for _, seed := range []string{
		"FROM a AS b\nCOPY --from=b /x /y\nFROM b\nCOPY --from=0 . .\n",                                // a stage that copies from its parent
		"ARG A=$A$A\nFROM ${A:-x}\nENV A=$A$A\nENV A=$A$A\nCOPY $A $A\n",                               // a variable that doubles
		"FROM a\nCOPY [\"a b\", \"/c/\"]\nADD --chown=x *.tar.gz /\nENTRYPOINT [\"a\"]\nCMD a \"b c\"", // the exec form
		"# escape=`\nFROM a\nRUN a `\n# b\n && c <<EOF\nx\nEOF\nHEALTHCHECK NONE",                      // a here-document
		"FROM a\nRUN go build -C x -o=/a -tags 'a b' ./cmd;x",                                          // a build
		"FROM a\nCOPY ../../etc /\nCOPY --from=0 ../../a [ /b\nWORKDIR ../..\nCOPY a? b",               // paths that leave
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		stages := dockerfile.Read(text, map[string]*string{"A": nil}, base)
		places := dockerfile.Places(stages)
		for i, s := range stages {
			for _, c := range s.Copies {
				if c.From >= i || c.Target == "" || c.Target[0] != '/' {
					t.Errorf("stage %d copies %+v", i, c)
				}
			}
			for _, p := range places[i] {
				p.Sources("/task/app.py")
				p.Sources(p.Target)
			}
		}
	})
}

// BenchmarkRead reads a Dockerfile of the repository.
func BenchmarkRead(b *testing.B) {
	text, err := os.ReadFile("../../../Dockerfile")
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		dockerfile.Places(dockerfile.Read(string(text), nil, base))
	}
}
