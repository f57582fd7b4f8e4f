import { X } from 'lucide-react';
import { useEffect, useState } from 'react';
import { createPortal } from 'react-dom';
import type { Toast } from '../state/toasts.ts';
import { useStore } from '../state/useStore.ts';
import { toastHost } from './toastHost.ts';
import { useWorkspace } from './workspaceContext.ts';

/** Long enough to read it and reach for the button. */
const SHOWN_MS = 9000;

export function ToastStack() {
  const { toasts } = useWorkspace();
  const list = useStore(toasts.store, (state) => state.list);
  const dialog = useStore(toastHost, (state) => state.dialog);
  const stack = (
    <div className="toasts" role="status" aria-live="polite">
      {list.map((toast) => (
        <ToastLine key={toast.id} toast={toast} onClose={() => toasts.close(toast.id)} />
      ))}
    </div>
  );
  return dialog === null ? stack : createPortal(stack, dialog);
}

function ToastLine({ toast, onClose }: { toast: Toast; onClose: () => void }) {
  const [held, setHeld] = useState(false);
  const { toasts } = useWorkspace();
  useEffect(() => {
    if (held) return;
    const timer = setTimeout(() => toasts.close(toast.id), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [held, toast.id, toasts]);
  const undo = (): void => {
    toast.undo?.();
    onClose();
  };
  return (
    <div
      className="toast"
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      <span>{toast.text}</span>
      {toast.undo !== null && (
        <button className="text-button" type="button" onClick={undo}>
          Undo
        </button>
      )}
      <button className="icon-button" type="button" aria-label="Dismiss" onClick={onClose}>
        <X aria-hidden />
      </button>
    </div>
  );
}
