import { post } from "./api.js";
import { h, useEffect, useState } from "./dom.js";
import { update } from "./store.js";
import { Failure, Field, Input } from "./ui.js";

function explained(error) {
  return error.status === 401 ? new Error("This is not the gateway's token. It may have been made anew.") : error;
}

export function Login() {
  const [token, setToken] = useState("");
  const [error, setError] = useState();
  const [busy, setBusy] = useState(false);
  useEffect(() => {
    document.title = "Log in – Peekgate";
    document.getElementById("token").focus();
  }, []);
  const enter = async event => {
    event.preventDefault();
    if (busy) return;
    setBusy(true);
    try {
      await post("/login", { token: token.trim() });
      update({ session: "in" });
    } catch (failed) {
      setError(explained(failed));
      setBusy(false);
    }
  };
  const hint =
    "It stands in the file admin.token in the gateway's state-dir (./var unless configured), readable by its user only.";
  return h(
    "main",
    { class: "login", "data-screen": "login" },
    h(
      "form",
      { id: "login", onSubmit: enter },
      h("h1", null, h("img", { src: "icon.svg", alt: "", width: 36, height: 36 }), "Peekgate"),
      h(
        Field,
        { label: "Token", hint },
        h(Input, {
          id: "token",
          type: "password",
          autocomplete: "current-password",
          required: true,
          value: token,
          set: setToken,
        }),
      ),
      h(Failure, { error, title: "Not logged in" }),
      h("button", { type: "submit", "aria-busy": busy }, "Log in"),
    ),
  );
}
