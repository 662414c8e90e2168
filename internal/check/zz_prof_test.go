package check_test
import ("testing";"os";"runtime";"runtime/pprof";"runtime/debug";"time";"bytes";"lintel/internal/policy";"lintel/policies";"lintel/internal/workspace";"lintel/internal/source")
func TestZZProf(t *testing.T){
	runtime.MemProfileRate=32<<10
	debug.SetGCPercent(50)
	dir:=os.Getenv("ZZ")
	set,_:=policy.Load(policies.Compiled)
	root,_:=source.OpenRoot(dir)
	stop:=make(chan bool)
	go func(){ var best uint64; for { select{case <-stop: return; case <-time.After(100*time.Millisecond):}
		var m runtime.MemStats; runtime.ReadMemStats(&m)
		if m.HeapAlloc>best+best/20 { best=m.HeapAlloc; var b bytes.Buffer; pprof.Lookup("heap").WriteTo(&b,0); os.WriteFile("/tmp/heap.pb.gz",b.Bytes(),0o644)}
	}}()
	s:=time.Now()
	got,err:=workspace.Run(t.Context(), root, workspace.Settings{Rules:set,Bare:true,Today:today}, []string{"."}, workspace.Overrides{})
	close(stop)
	var m runtime.MemStats; runtime.ReadMemStats(&m)
	t.Log(err,len(got.Findings),time.Since(s), m.Sys>>20)
}
