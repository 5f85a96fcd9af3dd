import { get } from "./api.js";
import { useEffect, useRef, useState } from "./dom.js";

export function useVisible() {
  const [visible, set] = useState(!document.hidden);
  useEffect(() => {
    const look = () => set(!document.hidden);
    document.addEventListener("visibilitychange", look);
    return () => document.removeEventListener("visibilitychange", look);
  }, []);
  return visible;
}

/**
 * What stands at a path of the API, kept fresh while the page can be seen. An error does not take away what was
 * there before.
 *
 * @param seconds between two looks; 0 for one look
 * @returns {data, error, reload}
 */
export function useResource(path, seconds = 0) {
  const [answer, setAnswer] = useState({});
  const reload = useRef();
  const visible = useVisible();
  useEffect(() => {
    const controller = new AbortController();
    let timer;
    const look = async () => {
      clearTimeout(timer);
      const [data, error] = await attempt(path, controller.signal);
      if (controller.signal.aborted) return;
      setAnswer(before => ({ path, data: error && before.path === path ? before.data : data, error }));
      if (seconds) timer = setTimeout(look, seconds * 1000);
    };
    reload.current = look;
    if (visible) look();
    return () => {
      controller.abort();
      clearTimeout(timer);
    };
  }, [path, seconds, visible]);
  return { data: answer.data, error: answer.error, reload: () => reload.current() };
}

async function attempt(path, signal) {
  try {
    return [await get(path, { signal })];
  } catch (error) {
    return [undefined, error];
  }
}
