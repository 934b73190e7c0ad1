//! What caches decide on the server. Every script has one key, and sets the lifetime of what it creates.

use crate::script::lines;

/// An entry with the time that is left of it: whether it is fresh follows from the server's clock alone.
pub(super) const READ: &str = "return {redis.call('PTTL',KEYS[1]),redis.call('GET',KEYS[1])}";

/// Gives the load to who asks: `token lease placeholder seen`, where an entry that begins with `seen` is of no use. Answers
/// `{1}` when it is theirs, `{0, entry}` when there is something to answer, and `{2, milliseconds}` when somebody else loads
/// for so long at most. Asked again with the same token it answers the same.
pub(super) const CLAIM: &str = lines!(
    "local k,token,lease,seen=KEYS[1],ARGV[1],tonumber(ARGV[2]),ARGV[4]"
    "local v=redis.call('GET',k)"
    "if v and v~='' and (seen=='' or string.sub(v,1,#seen)~=seen) then"
    "local mark,kind=string.byte(v,1,2)"
    "if mark~=193 or #v<11 or kind>2 and #v<35 then return {0,v} end"
    "local mine=string.sub(v,11,26)==token"
    "local left=redis.call('PTTL',k)"
    "if kind==3 then if not mine and left>0 then return {2,left} end"
    "elseif kind~=1 and kind~=4 then return {0,v}"
    "elseif left>0 then"
    "if left>struct.unpack('>I8',v,3) then return {0,v} end"
    "if kind==4 and not mine and left>struct.unpack('>I8',v,27) then return {0,v} end"
    "local ends=struct.pack('>I8',math.max(left-lease,0))"
    "local rest=string.sub(v,kind==4 and 35 or 11)"
    "redis.call('SET',k,'\\193\\4'..string.sub(v,3,10)..token..ends..rest,'KEEPTTL')"
    "return {1} end end"
    "redis.call('SET',k,ARGV[3],'PX',lease)"
    "return {1}"
);

/// Stores what was loaded: `token entry milliseconds`, if the load is still theirs. What it has stored already it knows again.
pub(super) const FILL: &str = lines!(
    "local head=redis.call('GETRANGE',KEYS[1],0,25)"
    "local mark,kind=string.byte(head,1,2)"
    "if mark==193 and (kind==3 or kind==4) and string.sub(head,11)==ARGV[1] then"
    "redis.call('SET',KEYS[1],ARGV[2],'PX',ARGV[3]) return 1 end"
    "if redis.call('GET',KEYS[1])==ARGV[2] then return 1 end"
    "return 0"
);

/// Gives a load up, and with it the entry: `token keep`. By `keep=1` a value that was to be loaded anew stays, and so does its
/// lease: whoever tries next waits for its end.
pub(super) const RELEASE: &str = lines!(
    "local head=redis.call('GETRANGE',KEYS[1],0,25)"
    "local mark,kind=string.byte(head,1,2)"
    "if mark==193 and (kind==3 or kind==4 and ARGV[2]=='0') and string.sub(head,11)==ARGV[1] then"
    "return redis.call('DEL',KEYS[1]) end"
    "return 0"
);

/// The version of a tag, which is made where there is none: `end milliseconds`. It lives for so long at least. A version
/// begins with the server's time, and so is never given twice, not even by a command that is sent again.
pub(super) const CAPTURE: &str = lines!(
    "local v=redis.call('GET',KEYS[1])"
    "local millis=tonumber(ARGV[2])"
    "if not v then"
    "local now=redis.call('TIME')"
    "v=now[1]..string.format('%06d',now[2])..'-'..ARGV[1]"
    "redis.call('SET',KEYS[1],v,'PX',millis)"
    "elseif redis.call('PTTL',KEYS[1])<millis then redis.call('PEXPIRE',KEYS[1],millis) end"
    "return v"
);
