//! What decides on the server. Every script looks at what is there before it writes, and tells the same when it runs again for the same
//! token.
//!
//! Two keys: a sorted set in which every task stands once, and a hash with what is known of each. Where a task stands says what becomes of it,
//! so that it cannot be in two states, or in none. Scores are shared out in ranges of 2^45, which is room for milliseconds until the year 3084:
//!
//! | range | holds | ordered by |
//! |:--|:--|:--|
//! | 0 to 15 | tasks that wait, by priority | a number that counts up |
//! | 100 | claimed tasks | when their lease ends |
//! | 101 | delayed tasks | when they are due |
//! | 102 | dead tasks | when they died |
//! | 103 | done tasks | when they were done |
//! | 104 | claims, so that one that is sent again is known | when they are forgotten |
//!
//! Members are `t:` and the task's id, `c:` and the claim's token. Fields of the hash are `p:` and an id for the payload, `m:` for attempts,
//! priority, last claim, the claim that gave it back last, and who enqueued it; `w:` for why it was given back, `c:` and a token for the ids
//! of a claim, `seq` for the number that counts up, and `paused`.

use crate::script::lines;

/// The lines of a script about tasks. Its first three arguments are for how many milliseconds done tasks and dead ones are known, and how
/// many of the latter.
macro_rules! work {
    ($($line:literal)+) => {
        lines!(
            "local q,h=KEYS[1],KEYS[2]"
            "local B=35184372088832"
            "local LEASED,DELAYED,DEAD,DONE,CLAIM=100*B,101*B,102*B,103*B,104*B"
            "local keep_done,keep_dead,max_dead=tonumber(ARGV[1]),tonumber(ARGV[2]),tonumber(ARGV[3])"
            "local t=redis.call('TIME')"
            "local now=t[1]*1000+math.floor(t[2]/1000)"
            "local function num(n) return string.format('%.0f',n) end"
            "local function range(from,to,count)"
            "return redis.call('ZRANGEBYSCORE',q,num(from),num(to),'LIMIT',0,count) end"
            "local function many(from) return redis.call('ZCOUNT',q,num(from),num(from+B-1)) end"
            "local function put(id,score) redis.call('ZADD',q,num(score),'t:'..id) end"
            "local function at(id) local s=redis.call('ZSCORE',q,'t:'..id) return s and tonumber(s) end"
            "local function held(s) return s and s>=LEASED and s<DELAYED end"
            "local function forget(member) redis.call('ZREM',q,member)"
            "if string.sub(member,1,2)=='c:' then redis.call('HDEL',h,member) else"
            "local id=string.sub(member,3) redis.call('HDEL',h,'p:'..id,'m:'..id,'w:'..id) end end"
            "local function known(id) local m=redis.call('HGET',h,'m:'..id) if not m then return end"
            "local n,r,c,b,o=string.match(m,'^(%d+) (%d+) (%S+) (%S+) (%S+)$') if not n then return end"
            "return {n=tonumber(n),r=tonumber(r),c=c,b=b,o=o} end"
            "local function note(id,m)"
            "redis.call('HSET',h,'m:'..id,m.n..' '..m.r..' '..m.c..' '..m.b..' '..m.o) end"
            "local function wait(id,m) put(id,m.r*B+redis.call('HINCRBY',h,'seq',1)) end"
            "local function die(id,why) put(id,DEAD+now) redis.call('HSET',h,'w:'..id,why) end"
            "local function purge(count)"
            "for _,over in ipairs({{DONE,keep_done},{DEAD,keep_dead},{CLAIM,0}}) do"
            "for _,member in ipairs(range(over[1],over[1]+now-over[2],count)) do forget(member) end end"
            "local more=math.min(many(DEAD)-max_dead,count)"
            "if more>0 then for _,member in ipairs(range(DEAD,DONE-1,more)) do forget(member) end end end"
            "local function stay() redis.call('PERSIST',q) redis.call('PERSIST',h) end"
            "local function live()"
            "if redis.call('ZCOUNT',q,0,num(DEAD-1))>0 or redis.call('HEXISTS',h,'paused')==1 then return stay() end"
            "local last=num(math.max(keep_done,keep_dead))"
            "redis.call('PEXPIRE',q,last) redis.call('PEXPIRE',h,last) end"
            $($line)+
        )
    };
}

/// Id, payload, priority, delay, and who enqueues it. Answers whether it was added by this call, now or when it was sent first, and the id.
pub(super) const ENQUEUE: &str = work!(
    "local id,s,m=ARGV[4],at(ARGV[4]),known(ARGV[4])"
    "if s then"
    "local over=s>=DONE and s<=DONE+now-keep_done or s>=DEAD and s<DONE and s<=DEAD+now-keep_dead"
    "if not over then if m and m.o==ARGV[8] then return {1,id} end return {0,id} end"
    "forget('t:'..id) end"
    "if redis.call('EXISTS',q)==0 and redis.call('HEXISTS',h,'paused')==0 then redis.call('UNLINK',h) end"
    "m={n=0,r=tonumber(ARGV[6]),c='-',b='-',o=ARGV[8]}"
    "local delay=tonumber(ARGV[7])"
    "if delay>0 then put(id,DELAYED+now+delay) else wait(id,m) end"
    "redis.call('HSET',h,'p:'..id,ARGV[5]) note(id,m) stay()"
    "return {1,id}"
);

/// Token, how many, lease, attempts, number of priorities. Answers the token, in how many milliseconds there may be more (-1 when nothing says), then id,
/// attempt, priority and payload of each task.
pub(super) const CLAIM: &str = work!(
    "local token,most,ranks=ARGV[4],tonumber(ARGV[7]),tonumber(ARGV[8])"
    "local out={token,0}"
    "local function give(id,m) local p=redis.call('HGET',h,'p:'..id)"
    "if not p then forget('t:'..id) return false end"
    "for _,v in ipairs({id,m.n,m.r,p}) do out[#out+1]=v end return true end"
    "local mine=redis.call('HGET',h,'c:'..token)"
    "if mine then local from=1 while from<=#mine do"
    "local _,stop,size=string.find(mine,'^(%d+):',from)"
    "local id=string.sub(mine,stop+1,stop+size) from=stop+1+size"
    "local s,m=at(id),known(id)"
    "if m and held(s) and m.c==token then give(id,m) end end return out end"
    "purge(100)"
    "local died=false"
    "for _,member in ipairs(range(LEASED,LEASED+now,100)) do"
    "local id=string.sub(member,3) local m=known(id)"
    "if not m then forget(member) elseif m.n>=most then die(id,'its lease has ended') died=true"
    "else wait(id,m) end end"
    "for _,member in ipairs(range(DELAYED,DELAYED+now,100)) do"
    "local id=string.sub(member,3) local m=known(id)"
    "if m then wait(id,m) else forget(member) end end"
    "local paused,list=redis.call('HEXISTS',h,'paused')==1,''"
    "if not paused then for _,member in ipairs(range(0,ranks*B-1,ARGV[5])) do"
    "local id=string.sub(member,3) local m=known(id)"
    "if not m then forget(member) elseif m.n>=most then die(id,'no attempt is left') died=true else"
    "m.n=m.n+1 m.c=token"
    "if give(id,m) then note(id,m) put(id,LEASED+now+ARGV[6]) list=list..#id..':'..id end end end end"
    "if list~='' then redis.call('ZADD',q,num(CLAIM+now+ARGV[6]),'c:'..token)"
    "redis.call('HSET',h,'c:'..token,list) return out end"
    "if died then live() end"
    "if not paused and #range(0,ranks*B-1,1)>0 then return out end"
    "out[2]=-1"
    "for _,from in ipairs({LEASED,DELAYED}) do"
    "local next=redis.call('ZRANGEBYSCORE',q,num(from),num(from+B-1),'WITHSCORES','LIMIT',0,1)[2]"
    "if next then local left=math.max(0,tonumber(next)-from-now)"
    "if out[2]<0 or left<out[2] then out[2]=left end end end"
    "return out"
);

/// Id, token, lease. Answers whether the claim still had the task.
pub(super) const EXTEND: &str = work!(
    "local s,m=at(ARGV[4]),known(ARGV[4])"
    "if not m or not held(s) or m.c~=ARGV[5] or s-LEASED<=now then return 0 end"
    "put(ARGV[4],LEASED+now+ARGV[6])"
    "return 1"
);

/// Id, token. Answers 1 when this claim has done it, now or before, 2 when another one has, 0 when neither.
pub(super) const ACK: &str = work!(
    "local id,s,m=ARGV[4],at(ARGV[4]),known(ARGV[4])"
    "if not s or not m then return 0 end"
    "if s>=DONE then return m.c==ARGV[5] and 1 or 2 end"
    "if m.c~=ARGV[5] or not held(s) then return 0 end"
    "put(id,DONE+now) redis.call('HDEL',h,'p:'..id,'w:'..id)"
    "purge(10) live()"
    "return 1"
);

/// Id, token, why, attempts, how long it waits (-1 by the back-off, -2 to give it up), first and longest wait, a share of 2^32 by chance.
/// Answers 0 when the claim did not have the task, 1 and the wait when it waits, 2 when it is dead.
pub(super) const GIVE_BACK: &str = work!(
    "local id,s,m=ARGV[4],at(ARGV[4]),known(ARGV[4])"
    "if not s or not m then return {0,0} end"
    "if m.b==ARGV[5] then"
    "if s>=DEAD and s<DONE and m.c==ARGV[5] then return {2,0} end"
    "return {1,s>=DELAYED and s<DEAD and math.max(0,s-DELAYED-now) or 0} end"
    "if m.c~=ARGV[5] or not held(s) then return {0,0} end"
    "m.b=ARGV[5] note(id,m)"
    "local delay=tonumber(ARGV[8])"
    "if delay==-2 or m.n>=tonumber(ARGV[7]) then die(id,ARGV[6]) purge(10) live() return {2,0} end"
    "if delay==-1 then"
    "delay=math.min(tonumber(ARGV[10]),ARGV[9]*2^math.min(m.n-1,50))"
    "delay=math.ceil(delay/2+delay/2*ARGV[11]/4294967296) end"
    "redis.call('HSET',h,'w:'..id,ARGV[6])"
    "if delay>0 then put(id,DELAYED+now+delay) else wait(id,m) end"
    "return {1,delay}"
);

/// Number of priorities. Answers whether it is paused, how many are delayed, claimed, dead and done, and how many wait of each priority.
pub(super) const STATS: &str = work!(
    "local out={redis.call('HEXISTS',h,'paused'),many(DELAYED),many(LEASED),many(DEAD),many(DONE)}"
    "for rank=0,ARGV[4]-1 do out[#out+1]=many(rank*B) end"
    "return out"
);

/// How many to pass over, and how many to tell. Answers id, moment in milliseconds, attempts, priority, why, and payload of each.
pub(super) const DEAD: &str = work!(
    "local out={}"
    "local list=redis.call('ZRANGEBYSCORE',q,num(DEAD),num(DONE-1),'WITHSCORES','LIMIT',ARGV[4],ARGV[5])"
    "for at=1,#list,2 do"
    "local id=string.sub(list[at],3)"
    "local m,p=known(id),redis.call('HGET',h,'p:'..id)"
    "if m and p then for _,v in ipairs({id,num(list[at+1]-DEAD),m.n,m.r,redis.call('HGET',h,'w:'..id) or '',p}) do"
    "out[#out+1]=v end end end"
    "return out"
);

/// Id. Answers whether it was dead.
pub(super) const REQUEUE: &str = work!(
    "local id,s,m=ARGV[4],at(ARGV[4]),known(ARGV[4])"
    "if not m or not s or s<DEAD or s>=DONE then return 0 end"
    "m.n=0 m.c='-' note(id,m) redis.call('HDEL',h,'w:'..id)"
    "wait(id,m) stay()"
    "return 1"
);

/// 1 to pause, 0 to go on.
pub(super) const PAUSE: &str = work!(
    "if ARGV[4]=='1' then redis.call('HSET',h,'paused',1) else redis.call('HDEL',h,'paused') end"
    "live()"
    "return 1"
);
